package io.deformux.network.architecture.nnformer;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.WeightShapes;
import io.deformux.network.architecture.blocks.WindowModules;
import io.deformux.network.weights.Weights;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** nnFormer as an architecture. */
public final class NnFormer implements Architecture<NnFormerConfig> {
    /** The only one. */
    public static final NnFormer ARCHITECTURE = new NnFormer();

    private static final String SUPERVISION = "deepSupervision";

    private NnFormer() {}

    @Override
    public String name() {
        return "nnformer";
    }

    @Override
    public NnFormerConfig configured(int inChannels, int outChannels, NetworkSettings settings) {
        settings.requireOnly("imageSize", "embedding", "depths", "heads", "windows", SUPERVISION);
        return new NnFormerConfig(
                inChannels,
                outChannels,
                settings.integers("imageSize", List.of(96, 96, 96)),
                settings.integer("embedding", 192),
                settings.integers("depths", List.of(2, 2, 2, 2)),
                settings.integers("heads", List.of(6, 12, 24, 48)),
                settings.integers("windows", List.of(4, 4, 8, 4)),
                settings.flag(SUPERVISION, false));
    }

    /** Its trainer has three outputs, of which the finest one predicts. */
    @Override
    public NetworkSettings forTraining() {
        return NetworkSettings.NONE.with(SUPERVISION, true);
    }

    @Override
    public NnFormerConfig configOf(Weights weights, NetworkSettings given) {
        NnFormerConfig published = configured(1, 2, NetworkSettings.NONE);
        WeightShapes shapes = new WeightShapes(weights);
        String head = "final.0.up.weight";
        return configured(
                shapes.size("model_down.patch_embed.proj1.conv1.weight", 1, published.inChannels()),
                shapes.size(head, 1, published.outChannels()),
                given.with("embedding", shapes.size(head, 0, published.embedding()))
                        .with(
                                "depths",
                                levels(i -> shapes.count(
                                        blocks(i), published.depths().get(i))))
                        .with(
                                "heads",
                                levels(i -> shapes.size(
                                        blocks(i) + ".0.attn.relative_position_bias_table",
                                        1,
                                        published.heads().get(i))))
                        .with(SUPERVISION, shapes.has("final.1.up.weight")));
    }

    private static String blocks(int level) {
        return "model_down.layers." + level + ".blocks";
    }

    private static List<Integer> levels(IntFunction<Integer> number) {
        return IntStream.range(0, NnFormerConfig.LEVELS).mapToObj(number).toList();
    }

    @Override
    public Weights imported(Weights checkpoint) {
        return WindowModules.withoutTables(checkpoint);
    }
}
