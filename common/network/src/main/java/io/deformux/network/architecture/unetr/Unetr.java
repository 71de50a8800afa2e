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
        UnetrConfig published = configured(1, 2, NetworkSettings.NONE);
        WeightShapes shapes = new WeightShapes(weights);
        String convolution = "encoder1.layer.conv1.conv.weight";
        UnetrConfig.Patches patches =
                shapes.has(PATCHES + ".weight") ? UnetrConfig.Patches.CONV : UnetrConfig.Patches.PERCEPTRON;
        return configured(
                shapes.size(convolution, 1, published.inChannels()),
                shapes.size("out.conv.conv.weight", 0, published.outChannels()),
                given.with("featureSize", shapes.size(convolution, 0, published.featureSize()))
                        .with("hidden", shapes.size("vit.norm.weight", 0, published.hidden()))
                        .with("mlp", shapes.size("vit.blocks.0.mlp.linear1.weight", 0, published.mlp()))
                        .with("patches", patches.setting()));
    }
}
