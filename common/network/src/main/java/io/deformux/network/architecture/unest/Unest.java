package io.deformux.network.architecture.unest;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.WeightShapes;
import io.deformux.network.weights.Weights;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * UNesT as an architecture. Without settings it is the published "base"; "large" has dims 192, 384, 768, depths 2, 2, 20 and
 * heads 6, 12, 24.
 */
public final class Unest implements Architecture<UnestConfig> {
    /** The only one. */
    public static final Unest ARCHITECTURE = new Unest();

    /** Channels of a head in both published networks. */
    private static final int HEAD = 32;

    private Unest() {}

    @Override
    public String name() {
        return "unest";
    }

    @Override
    public UnestConfig configured(int inChannels, int outChannels, NetworkSettings settings) {
        settings.requireOnly("imageSize", "dims", "depths", "heads");
        List<Integer> dims = settings.integers("dims", List.of(128, 256, 512));
        return new UnestConfig(
                inChannels,
                outChannels,
                settings.integer("imageSize", 96),
                dims,
                settings.integers("depths", List.of(2, 2, 8)),
                settings.integers("heads", heads(dims)));
    }

    private static List<Integer> heads(List<Integer> dims) {
        return dims.stream().map(c -> Math.max(c / HEAD, 1)).toList();
    }

    @Override
    public UnestConfig configOf(Weights weights, NetworkSettings given) {
        UnestConfig published = configured(1, 2, NetworkSettings.NONE);
        WeightShapes shapes = new WeightShapes(weights);
        int edge = published.imageSize() / UnestConfig.STRIDE;
        return configured(
                shapes.size("nestViT.patch_embed.proj.weight", 1, published.inChannels()),
                shapes.size("out.conv.conv.weight", 0, published.outChannels()),
                given.with("imageSize", UnestConfig.STRIDE * shapes.edge(level(0) + ".pos_embed", 2, edge))
                        .with(
                                "dims",
                                levels(i -> shapes.size(
                                        level(i) + ".pos_embed",
                                        3,
                                        published.dims().get(i))))
                        .with(
                                "depths",
                                levels(i -> shapes.count(
                                        level(i) + ".transformer_encoder",
                                        published.depths().get(i)))));
    }

    private static String level(int i) {
        return "nestViT.levels." + i;
    }

    private static List<Integer> levels(IntFunction<Integer> number) {
        return IntStream.range(0, UnestConfig.LEVELS).mapToObj(number).toList();
    }
}
