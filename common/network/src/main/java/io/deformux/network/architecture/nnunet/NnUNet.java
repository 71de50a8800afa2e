package io.deformux.network.architecture.nnunet;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.weights.Weights;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The U-Net of nnU-Net as an architecture; the published one is {@link NnUNetConfig#published}. */
public final class NnUNet implements Architecture<NnUNetConfig> {
    /** The only one. */
    public static final NnUNet ARCHITECTURE = new NnUNet();

    private static final int LEVELS = 6;
    private static final int FIRST_FEATURES = 32;
    private static final int MOST_FEATURES = 320;

    private NnUNet() {}

    @Override
    public String name() {
        return "nnu-net";
    }

    /** Where only some of the lists are given, the others are the published ones for as many levels. */
    @Override
    public NnUNetConfig configured(int inChannels, int outChannels, NetworkSettings settings) {
        settings.requireOnly(
                "implementation",
                "residual",
                "affineNorms",
                "transposedBias",
                "features",
                "kernels",
                "strides",
                "blocks",
                "decoderConvolutions",
                "deepSupervision");
        int levels = levels(settings);
        UNetImplementation implementation = implementation(settings);
        return new NnUNetConfig(
                inChannels,
                outChannels,
                implementation,
                new UNetOptions(
                        settings.flag("residual", UNetOptions.PLAIN.residual()),
                        settings.flag("affineNorms", UNetOptions.PLAIN.affineNorms()),
                        settings.flag("transposedBias", UNetOptions.PLAIN.transposedBias())),
                settings.integers("features", publishedFeatures(levels)),
                settings.integerLists("kernels", Collections.nCopies(levels, List.of(3, 3, 3))),
                settings.integerLists("strides", publishedStrides(levels)),
                settings.integers("blocks", implementation.publishedBlocks(levels)),
                settings.integers("decoderConvolutions", implementation.publishedDecoder(levels)),
                settings.integer("deepSupervision", implementation.publishedSupervision(levels)));
    }

    /** The implementation that settings say. */
    static UNetImplementation implementation(NetworkSettings settings) {
        List<String> ids =
                UNetImplementation.ALL.stream().map(UNetImplementation::id).toList();
        return UNetImplementation.ALL.get(ids.indexOf(settings.choice("implementation", DynUNet.ID, ids)));
    }

    private static int levels(NetworkSettings settings) {
        int features = settings.integers("features", List.of()).size();
        int kernels = settings.integerLists("kernels", List.of()).size();
        int strides = settings.integerLists("strides", List.of()).size();
        return IntStream.of(features, kernels, strides)
                .filter(given -> given > 0)
                .findFirst()
                .orElse(LEVELS);
    }

    private static List<Integer> publishedFeatures(int levels) {
        return IntStream.range(0, levels)
                .map(level -> (int) Math.min(FIRST_FEATURES * Math.pow(2, level), MOST_FEATURES))
                .boxed()
                .toList();
    }

    private static List<List<Integer>> publishedStrides(int levels) {
        return IntStream.range(0, levels)
                .map(level -> level == 0 ? 1 : 2)
                .mapToObj(stride -> Collections.nCopies(3, stride))
                .toList();
    }

    @Override
    public NnUNetConfig configOf(Weights weights, NetworkSettings given) {
        return new UNetShapes(weights, given).config();
    }

    @Override
    public Weights imported(Weights checkpoint) {
        Weights imported = checkpoint;
        for (UNetImplementation implementation : UNetImplementation.ALL) {
            imported = implementation.once(imported);
        }
        return imported;
    }
}
