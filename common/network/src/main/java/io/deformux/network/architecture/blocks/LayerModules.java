package io.deformux.network.architecture.blocks;

import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleBuffer;
import io.deformux.network.torchscript.ModuleParameter;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Single layers as modules, with the first weights that PyTorch gives them. {@code blocks.py} beside this class says what they
 * compute.
 */
public final class LayerModules {
    /** What the kinds of {@code blocks.py} start with. */
    public static final String BLOCKS = "__torch__.deformux.blocks.";

    public static final Initial ZERO = new Initial.Constant(0);
    public static final Initial ONE = new Initial.Constant(1);

    private LayerModules() {}

    /** What they compute, by path inside an archive; the caller may add to it. */
    public static Map<String, String> methods() {
        Map<String, String> files = forms();
        files.put(SourceText.FOLDER + "blocks.py", SourceText.of(LayerModules.class, "blocks.py"));
        return files;
    }

    /** Only what a GPU computes otherwise than a CPU: {@code device.py}; the caller may add to it. */
    public static Map<String, String> forms() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(SourceText.FOLDER + "device.py", SourceText.of(LayerModules.class, "device.py"));
        return files;
    }

    /** The reference wraps the convolutions of its encoder and decoder once more; only the name matters. */
    public static ModuleTree wrapped(ModuleTree convolution) {
        return ModuleTree.holder(Map.of("conv", convolution));
    }

    /** A convolution with bias. */
    public static ModuleTree convolution(int out, int in, int k) {
        Initial initial = Initial.ofFanIn((long) in * k * k * k);
        return convolution(initial, initial, out, in, k, k, k);
    }

    /** A convolution or a transposed one with bias: both first values, and the shape of the weights. */
    public static ModuleTree convolution(Initial weight, Initial bias, int... shape) {
        return new ModuleTree(BLOCKS + "Convolution", weightAndBias(weight, bias, shape[0], shape), Map.of());
    }

    /** A depthwise convolution with bias: each of c channels through m kernels of its own. */
    public static ModuleTree depthwise(int c, int m, int k) {
        return convolution(c * m, 1, k);
    }

    /** The convolution that gives the logits, as the references wrap it; {@link #convolution} of kernel 1. */
    public static ModuleTree head(ModuleTree convolution) {
        return new ModuleTree(BLOCKS + "Head", Map.of("conv", wrapped(convolution)));
    }

    /** A linear layer with bias over the last axis. */
    public static ModuleTree linear(Initial weight, Initial bias, int out, int in) {
        return new ModuleTree(BLOCKS + "Linear", weightAndBias(weight, bias, out, out, in), Map.of());
    }

    /** A linear layer without bias. */
    public static ModuleTree linear(Initial weight, int out, int in) {
        ModuleParameter parameter = new ModuleParameter(new int[] {out, in}, weight);
        return new ModuleTree(BLOCKS + "LinearWithoutBias", Map.of("weight", parameter), Map.of());
    }

    /** A norm over the c channels of tokens, which lie last, with eps 1e-5. */
    public static ModuleTree normOfTokens(int c) {
        return norm("LayerNormOfTokens", c);
    }

    /** A norm over c channels that lie second, with eps 1e-6. */
    public static ModuleTree norm(int c) {
        return norm("LayerNorm", c);
    }

    /** The same over channels that lie last. */
    public static ModuleTree normOfLast(int c) {
        return norm("LayerNormChannelsLast", c);
    }

    private static ModuleTree norm(String kind, int c) {
        return new ModuleTree(BLOCKS + kind, weightAndBias(ONE, ZERO, c, c), Map.of());
    }

    /** A batch norm over c channels that lie second, with eps 1e-5 and momentum 0.1. */
    public static ModuleTree batchNorm(int c) {
        Map<String, ModuleBuffer> gathered = new LinkedHashMap<>();
        gathered.put("running_mean", new ModuleBuffer.Running(new int[] {c}, 0));
        gathered.put("running_var", new ModuleBuffer.Running(new int[] {c}, 1));
        return new ModuleTree(BLOCKS + "BatchNorm", weightAndBias(ONE, ZERO, c, c), gathered, Map.of(), Map.of());
    }

    /** Weights without bias; PyTorch counts what follows the first axis as inputs, in a transposed convolution too. */
    public static ModuleTree kernel(int first, int second, int k) {
        int[] shape = {first, second, k, k, k};
        Initial initial =
                Initial.ofFanIn(Arrays.stream(shape).skip(1).asLongStream().reduce(1, (a, b) -> a * b));
        return new ModuleTree(BLOCKS + "Kernel", Map.of("weight", new ModuleParameter(shape, initial)), Map.of());
    }

    /** The two parameters of a layer; the bias is of {@code out} values. */
    public static Map<String, ModuleParameter> weightAndBias(Initial weight, Initial bias, int out, int... shape) {
        Map<String, ModuleParameter> parameters = new LinkedHashMap<>();
        parameters.put("weight", new ModuleParameter(shape, weight));
        parameters.put("bias", new ModuleParameter(new int[] {out}, bias));
        return parameters;
    }
}
