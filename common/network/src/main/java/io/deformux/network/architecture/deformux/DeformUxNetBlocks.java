package io.deformux.network.architecture.deformux;

import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleParameter;
import io.deformux.network.torchscript.ModuleTree;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The building blocks of DeformUX-Net as modules, with the names of the reference's state dict and its first weights:
 * convolutions as PyTorch starts them, those that predict offsets zero, norms 1 and 0, gamma 1e-6.
 */
final class DeformUxNetBlocks {
    private static final String BLOCKS = "__torch__.deformux.blocks.";
    /** Sampling positions of a 3x3x3 kernel, three axes each. */
    private static final int OFFSET_CHANNELS = 81;
    /** The channel-wise scaling widens each channel to four and back. */
    private static final int WIDENING = 4;

    private static final Initial ZERO = new Initial.Constant(0);

    private DeformUxNetBlocks() {}

    /**
     * A deformable block.
     *
     * @param module the whole block, which holds {@code gamma}
     * @param deformable the depthwise deformable convolution
     * @param offsets the convolution that predicts its offsets
     * @param norm what follows
     * @param widen the channel-wise scaling, each channel to four
     * @param narrow and back
     */
    record DeformableModules(
            ModuleTree module,
            ModuleTree deformable,
            ModuleTree offsets,
            ModuleTree norm,
            ModuleTree widen,
            ModuleTree narrow) {

        static DeformableModules of(int c, int offsetKernel) {
            ModuleTree offsets = convolution(ZERO, ZERO, OFFSET_CHANNELS, c, offsetKernel, offsetKernel, offsetKernel);
            Initial initial = Initial.ofFanIn(27);
            ModuleTree deformable = new ModuleTree(
                    BLOCKS + "DepthwiseDeformableConvolution",
                    weightAndBias(initial, initial, c, 1, 3, 3, 3),
                    Map.of("conv_offset", offsets));
            ModuleTree norm = normOfLast(c);
            ModuleTree widen = convolution(WIDENING * c, 1, 1);
            ModuleTree narrow = convolution(c, WIDENING, 1);
            Map<String, ModuleTree> children = new LinkedHashMap<>();
            children.put("ddc", deformable);
            children.put("norm", norm);
            children.put("pwconv1", widen);
            children.put("pwconv2", narrow);
            Map<String, ModuleParameter> gamma =
                    Map.of("gamma", new ModuleParameter(new int[] {c}, new Initial.Constant(1e-6f)));
            ModuleTree module = new ModuleTree(BLOCKS + "DeformUxBlock", gamma, children);
            return new DeformableModules(module, deformable, offsets, norm, widen, narrow);
        }
    }

    /**
     * A residual block.
     *
     * @param module the whole block
     * @param first its convolutions
     * @param second likewise
     * @param projection of the input, if the channel counts differ
     */
    record ResidualModules(ModuleTree module, ModuleTree first, ModuleTree second, Optional<ModuleTree> projection) {

        static ResidualModules of(int in, int out) {
            ModuleTree first = kernel(out, in, 3);
            ModuleTree second = kernel(out, out, 3);
            Optional<ModuleTree> projection = in == out ? Optional.empty() : Optional.of(kernel(out, in, 1));
            Map<String, ModuleTree> children = new LinkedHashMap<>();
            children.put("conv1", wrapped(first));
            children.put("conv2", wrapped(second));
            projection.ifPresent(kernel -> children.put("conv3", wrapped(kernel)));
            String kind = projection.isPresent() ? "ProjectedResidualBlock" : "ResidualBlock";
            return new ResidualModules(new ModuleTree(BLOCKS + kind, children), first, second, projection);
        }

        /** The level of the encoder that is this block. */
        ModuleTree level() {
            return new ModuleTree(BLOCKS + "EncoderLevel", Map.of("layer", module));
        }
    }

    /**
     * A level of the decoder.
     *
     * @param module the whole level
     * @param doubling the transposed convolution
     * @param block what sees the upsampled map and the skip
     */
    record LevelModules(ModuleTree module, ModuleTree doubling, ResidualModules block) {

        static LevelModules of(int in, int out) {
            ModuleTree doubling = kernel(in, out, 2);
            ResidualModules block = ResidualModules.of(2 * out, out);
            Map<String, ModuleTree> children = new LinkedHashMap<>();
            children.put("transp_conv", wrapped(doubling));
            children.put("conv_block", block.module());
            return new LevelModules(new ModuleTree(BLOCKS + "DecoderLevel", children), doubling, block);
        }
    }

    /** The reference wraps the convolutions of its encoder and decoder once more; only the name matters. */
    static ModuleTree wrapped(ModuleTree convolution) {
        return ModuleTree.holder(Map.of("conv", convolution));
    }

    /** A convolution with bias. */
    static ModuleTree convolution(int out, int in, int k) {
        Initial initial = Initial.ofFanIn((long) in * k * k * k);
        return convolution(initial, initial, out, in, k, k, k);
    }

    private static ModuleTree convolution(Initial weight, Initial bias, int... shape) {
        return new ModuleTree(BLOCKS + "Convolution", weightAndBias(weight, bias, shape), Map.of());
    }

    /** A norm over c channels that lie second. */
    static ModuleTree norm(int c) {
        return norm("LayerNorm", c);
    }

    /** A norm over c channels that lie last. */
    static ModuleTree normOfLast(int c) {
        return norm("LayerNormChannelsLast", c);
    }

    private static ModuleTree norm(String kind, int c) {
        return new ModuleTree(BLOCKS + kind, weightAndBias(new Initial.Constant(1), ZERO, c), Map.of());
    }

    /** Weights without bias; PyTorch counts what follows the first axis as inputs, in a transposed convolution too. */
    private static ModuleTree kernel(int first, int second, int k) {
        int[] shape = {first, second, k, k, k};
        Initial initial =
                Initial.ofFanIn(Arrays.stream(shape).skip(1).asLongStream().reduce(1, (a, b) -> a * b));
        return new ModuleTree(BLOCKS + "Kernel", Map.of("weight", new ModuleParameter(shape, initial)), Map.of());
    }

    private static Map<String, ModuleParameter> weightAndBias(Initial weight, Initial bias, int... shape) {
        Map<String, ModuleParameter> parameters = new LinkedHashMap<>();
        parameters.put("weight", new ModuleParameter(shape, weight));
        parameters.put("bias", new ModuleParameter(new int[] {shape[0]}, bias));
        return parameters;
    }
}
