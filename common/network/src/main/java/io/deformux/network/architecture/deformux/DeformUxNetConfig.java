package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.CpuForm;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.TorchScriptProgram;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What decides the shape of a DeformUX-Net.
 *
 * @param inChannels channels of the image, 1 for CT and MR
 * @param outChannels classes, the background included
 * @param featureSizes channels of the four backbone stages, at 1/2, 1/4, 1/8 and 1/16 of the image size
 * @param depths deformable blocks of each stage
 * @param hidden channels of the deepest level of the convolutional encoder
 * @param offsetKernel 3 (padding 1) or 1 (padding 0): the size of the convolution that predicts the sampling offsets
 */
public record DeformUxNetConfig(
        int inChannels, int outChannels, List<Integer> featureSizes, List<Integer> depths, int hidden, int offsetKernel)
        implements NetworkConfig {

    /** The stages of the backbone. */
    public static final int STAGES = 4;

    /** Every spatial size is halved this many times over: sizes must be multiples of it. */
    public static final int STRIDE = 16;

    private static final int MAX_CHANNELS = 2048;
    private static final int MAX_DEPTH = 64;

    /** Checks every bound. */
    public DeformUxNetConfig {
        featureSizes = List.copyOf(featureSizes);
        depths = List.copyOf(depths);
        within("inChannels", inChannels, MAX_CHANNELS);
        within("outChannels", outChannels, MAX_CHANNELS);
        eachWithin("featureSizes", featureSizes, MAX_CHANNELS);
        eachWithin("depths", depths, MAX_DEPTH);
        within("hidden", hidden, MAX_CHANNELS);
        if (offsetKernel != 1 && offsetKernel != 3) {
            throw new IllegalArgumentException("offsetKernel must be 1 or 3, not " + offsetKernel);
        }
    }

    /** The published network: 48, 96, 192, 384 channels, two blocks each, hidden 768, offset kernel 3. */
    public static DeformUxNetConfig published(int outChannels) {
        return new DeformUxNetConfig(1, outChannels, List.of(48, 96, 192, 384), List.of(2, 2, 2, 2), 768, 3);
    }

    @Override
    public DeformUxNet architecture() {
        return DeformUxNet.ARCHITECTURE;
    }

    @Override
    public void requireSize(int d, int h, int w) {
        requireHalvable(d, h, w);
    }

    /**
     * Checks that every DeformUX-Net takes images of that size.
     *
     * @param d size along the first axis, in voxels; likewise {@code h} and {@code w}
     * @throws IllegalArgumentException if a size is not a multiple of {@link #STRIDE}, or if only one voxel would be
     *     left at the deepest level, where instance normalisation needs at least two
     */
    public static void requireHalvable(int d, int h, int w) {
        for (int size : new int[] {d, h, w}) {
            if (size < STRIDE || size % STRIDE != 0) {
                throw new IllegalArgumentException(
                        "the network takes sizes that are multiples of " + STRIDE + ", not " + d + "x" + h + "x" + w);
            }
        }
        if (d == STRIDE && h == STRIDE && w == STRIDE) {
            throw new IllegalArgumentException(
                    "16x16x16 leaves one voxel at the deepest level: take at least 32 along one axis");
        }
    }

    @Override
    public ModuleTree modules() {
        return DeformUxNetModules.of(this).root().requireStorable();
    }

    @Override
    public Map<String, String> methods() {
        return DeformUxNetMethods.ofNetwork();
    }

    @Override
    public Optional<CpuForm> cpuForm() {
        return Optional.of(new DeformUxNetOnCpu(this));
    }

    /**
     * The network as a direct port of the reference would compute it, through {@code grid_sample}: the baseline of benchmarks.
     * Nobody should train or ship it; see {@code grid_sample.py}.
     */
    public TorchScriptProgram directPort() {
        return new TorchScriptProgram(modules(), DeformUxNetMethods.ofDirectPort());
    }

    private static void within(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + " must be 1 to " + max + ", not " + value);
        }
    }

    private static void eachWithin(String name, List<Integer> values, int max) {
        if (values.size() != STAGES) {
            throw new IllegalArgumentException(name + " needs " + STAGES + " values, not " + values.size());
        }
        values.forEach(value -> within(name, value, max));
    }
}
