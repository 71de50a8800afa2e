package io.deformux.network.architecture.unetr;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.WeightShapes;
import io.deformux.network.weights.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** UNETR as an architecture. */
public final class Unetr implements Architecture<UnetrConfig> {
    /** The only one. */
    public static final Unetr ARCHITECTURE = new Unetr();

    private static final String PATCHES = "vit.patch_embedding.patch_embeddings";

    private Unetr() {}

    @Override
    public String name() {
        return "unetr";
    }

    @Override
    public UnetrConfig configured(int inChannels, int outChannels, NetworkSettings settings) {
        settings.requireOnly("imageSize", "featureSize", "hidden", "mlp", "heads", "patches");
        List<String> choices = Arrays.stream(UnetrConfig.Patches.values())
                .map(UnetrConfig.Patches::setting)
                .toList();
        String patches = settings.choice("patches", UnetrConfig.Patches.PERCEPTRON.setting(), choices);
        return new UnetrConfig(
                inChannels,
                outChannels,
                settings.integers("imageSize", List.of(96, 96, 96)),
                settings.integer("featureSize", 16),
                settings.integer("hidden", 768),
                settings.integer("mlp", 3072),
                settings.integer("heads", 12),
                UnetrConfig.Patches.valueOf(patches.toUpperCase(Locale.ROOT)));
    }

    @Override
    public UnetrConfig configOf(Weights weights, NetworkSettings given) {
        UnetrConfig silent = configured(1, 2, given);
        WeightShapes shapes = new WeightShapes(weights);
        UnetrConfig.Patches patches = silent.patches();
        if (shapes.has(PATCHES + ".weight")) {
            patches = UnetrConfig.Patches.CONV;
        } else if (shapes.has(PATCHES + ".1.weight")) {
            patches = UnetrConfig.Patches.PERCEPTRON;
        }
        return new UnetrConfig(
                shapes.size("encoder1.layer.conv1.conv.weight", 1, silent.inChannels()),
                shapes.size("out.conv.conv.weight", 0, silent.outChannels()),
                silent.imageSize(),
                shapes.size("encoder1.layer.conv1.conv.weight", 0, silent.featureSize()),
                shapes.size("vit.norm.weight", 0, silent.hidden()),
                shapes.size("vit.blocks.0.mlp.linear1.weight", 0, silent.mlp()),
                silent.heads(),
                patches);
    }
}
