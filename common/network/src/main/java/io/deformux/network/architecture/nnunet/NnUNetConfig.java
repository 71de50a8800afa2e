package io.deformux.network.architecture.nnunet;

import io.deformux.network.architecture.Bounds;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.LayerModules;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What decides the shape of a U-Net of nnU-Net. Lists have an entry per level, the finest first; kernels and strides three
 * numbers each, in the order of the image's axes.
 *
 * @param inChannels channels of the image
 * @param outChannels classes, the background included
 * @param implementation whose names and habits it has
 * @param options what {@link DynUNet} can do besides
 * @param features channels of each level
 * @param kernels voxels of the convolutions, odd
 * @param strides from the level before, 1 at the finest
 * @param blocks of each level of the encoder: convolutions, or residual blocks of {@link ResidualEncoderUNet}
 * @param decoderConvolutions of each level of the decoder, which is one less
 * @param supervised outputs of coarser levels that training sees beside the finest one (deep supervision)
 */
public record NnUNetConfig(
        int inChannels,
        int outChannels,
        UNetImplementation implementation,
        UNetOptions options,
        List<Integer> features,
        List<List<Integer>> kernels,
        List<List<Integer>> strides,
        List<Integer> blocks,
        List<Integer> decoderConvolutions,
        int supervised)
        implements NetworkConfig {
    private static final int AXES = 3;
    private static final int MOST_CHANNELS = 2048;
    private static final int MOST_LEVELS = 10;
    private static final int MOST_BLOCKS = 64;
    private static final int LARGEST_KERNEL = 31;
    private static final int LARGEST_STRIDE = 8;

    /** Checks every bound; throws {@link IllegalArgumentException} that names the number out of its own. */
    public NnUNetConfig {
        features = List.copyOf(features);
        kernels = kernels.stream().map(List::copyOf).toList();
        strides = strides.stream().map(List::copyOf).toList();
        blocks = List.copyOf(blocks);
        decoderConvolutions = List.copyOf(decoderConvolutions);
        implementation.require(options);
        Bounds.within("inChannels", inChannels, MOST_CHANNELS);
        Bounds.within("outChannels", outChannels, MOST_CHANNELS);
        int levels = features.size();
        if (levels < 2 || levels > MOST_LEVELS) {
            throw new IllegalArgumentException("features needs 2 to " + MOST_LEVELS + " values, not " + levels);
        }
        Bounds.eachWithin("features", features, levels, MOST_CHANNELS);
        requireLevels("kernels", kernels, levels, LARGEST_KERNEL);
        requireLevels("strides", strides, levels, LARGEST_STRIDE);
        for (int level = 0; level < levels; level++) {
            requireConvolution(implementation, options, kernels.get(level), strides.get(level));
        }
        if (!strides.get(0).equals(List.of(1, 1, 1))) {
            throw new IllegalArgumentException("strides must begin with [1, 1, 1]: logits are as large as the image");
        }
        Bounds.eachWithin("blocks", blocks, levels, MOST_BLOCKS);
        Bounds.eachWithin("decoderConvolutions", decoderConvolutions, levels - 1, MOST_BLOCKS);
        boolean published = blocks.equals(implementation.publishedBlocks(levels))
                && decoderConvolutions.equals(implementation.publishedDecoder(levels));
        if (!published && !implementation.varies()) {
            throw new IllegalArgumentException(implementation.id()
                    + " has two convolutions at every level: blocks and decoderConvolutions say others");
        }
        if (supervised < 0 || supervised > levels - 2) {
            throw new IllegalArgumentException("deepSupervision must be 0 to " + (levels - 2) + ", not " + supervised);
        }
    }

    private static void requireLevels(String name, List<List<Integer>> lists, int levels, int most) {
        if (lists.size() != levels) {
            throw new IllegalArgumentException(name + " needs " + levels + " lists, not " + lists.size());
        }
        lists.forEach(list -> Bounds.eachWithin(name, list, AXES, most));
    }

    /** Convolutions whose output has a voxel for every stride of the input. */
    private static void requireConvolution(
            UNetImplementation implementation, UNetOptions options, List<Integer> kernel, List<Integer> stride) {
        for (int axis = 0; axis < AXES; axis++) {
            int k = kernel.get(axis);
            int s = stride.get(axis);
            int padded = 2 * implementation.padding(k, s) - k;
            boolean divides = padded < 0 && padded + s >= 0;
            boolean projects = !options.residual() || s <= 2;
            if (k % 2 == 0 || k + 1 < s || !divides || !projects) {
                throw new IllegalArgumentException("there is no such convolution: kernel " + k + " with stride " + s);
            }
        }
    }

    /** The published network for one image channel: 32 to 320 channels on six levels, kernels of 3, trained with three more outputs. */
    public static NnUNetConfig published(int outChannels) {
        return NnUNet.ARCHITECTURE.configured(1, outChannels, NetworkSettings.NONE);
    }

    /** How many levels there are. */
    int levels() {
        return features.size();
    }

    /** The channels that the encoder's level gets. */
    int below(int level) {
        return level == 0 ? inChannels : features.get(level - 1);
    }

    @Override
    public NnUNet architecture() {
        return NnUNet.ARCHITECTURE;
    }

    @Override
    public NetworkSettings settings() {
        return NetworkSettings.NONE
                .with("implementation", implementation.id())
                .with("residual", options.residual())
                .with("affineNorms", options.affineNorms())
                .with("transposedBias", options.transposedBias())
                .with("features", features)
                .with("kernels", kernels)
                .with("strides", strides)
                .with("blocks", blocks)
                .with("decoderConvolutions", decoderConvolutions)
                .with("deepSupervision", supervised);
    }

    @Override
    public void requireSize(int d, int h, int w) {
        List<Integer> product = IntStream.range(0, AXES)
                .mapToObj(axis -> strides.stream().mapToInt(s -> s.get(axis)).reduce(1, Math::multiplyExact))
                .toList();
        Bounds.multiples(product, d, h, w);
    }

    @Override
    public ModuleTree modules() {
        return new UNetModules(this).root().requireStorable();
    }

    @Override
    public Map<String, String> methods() {
        Map<String, String> files = LayerModules.forms();
        files.put(
                SourceText.FOLDER + "nnunet.py",
                SourceText.of(NnUNetConfig.class, "nnunet.py") + new UNetText(this).root());
        return files;
    }

    /** As nnU-Net has it: each coarser output counts half of the finer one, the sum is 1. */
    @Override
    public List<Double> lossWeights() {
        boolean mute = implementation.deepestIsMute() && supervised > 0 && supervised == levels() - 2;
        List<Double> weights = new ArrayList<>();
        for (int level = 0; level <= supervised; level++) {
            weights.add(mute && level == supervised ? 0 : Math.pow(0.5, level));
        }
        double sum = weights.stream().mapToDouble(weight -> weight).sum();
        return weights.stream().map(weight -> weight / sum).toList();
    }
}
