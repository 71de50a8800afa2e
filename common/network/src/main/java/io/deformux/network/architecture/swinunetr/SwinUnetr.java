package io.deformux.network.architecture.swinunetr;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.WeightShapes;
import io.deformux.network.architecture.blocks.WindowModules;
import io.deformux.network.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/** SwinUNETR as an architecture. */
public final class SwinUnetr implements Architecture<SwinUnetrConfig> {
    /** The only one. */
    public static final SwinUnetr ARCHITECTURE = new SwinUnetr();

    private SwinUnetr() {}

    @Override
    public String name() {
        return "swin-unetr";
    }

    @Override
    public SwinUnetrConfig configured(int inChannels, int outChannels, NetworkSettings settings) {
        settings.requireOnly("featureSize", "depths", "heads");
        return new SwinUnetrConfig(
                inChannels,
                outChannels,
                settings.integer("featureSize", 48),
                settings.integers("depths", List.of(2, 2, 2, 2)),
                settings.integers("heads", List.of(3, 6, 12, 24)));
    }

    @Override
    public SwinUnetrConfig configOf(Weights weights, NetworkSettings given) {
        SwinUnetrConfig published = configured(1, 2, NetworkSettings.NONE);
        WeightShapes shapes = new WeightShapes(weights);
        List<Integer> depths = new ArrayList<>();
        List<Integer> heads = new ArrayList<>();
        for (int i = 0; i < SwinUnetrConfig.LAYERS; i++) {
            String blocks = "swinViT.layers" + (i + 1) + ".0.blocks";
            depths.add(shapes.count(blocks, published.depths().get(i)));
            heads.add(shapes.size(
                    blocks + ".0.attn.relative_position_bias_table",
                    1,
                    published.heads().get(i)));
        }
        return configured(
                shapes.size("swinViT.patch_embed.proj.weight", 1, published.inChannels()),
                shapes.size("out.conv.conv.weight", 0, published.outChannels()),
                given.with("featureSize", shapes.size("swinViT.patch_embed.proj.weight", 0, published.featureSize()))
                        .with("depths", depths)
                        .with("heads", heads));
    }

    @Override
    public Weights imported(Weights checkpoint) {
        return WindowModules.withoutTables(checkpoint);
    }
}
