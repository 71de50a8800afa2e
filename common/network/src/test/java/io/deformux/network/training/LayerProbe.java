package io.deformux.network.training;

import io.deformux.network.architecture.deformux.DecoderLevel;
import io.deformux.network.architecture.deformux.DeformableBlock;
import io.deformux.network.architecture.deformux.ModuleProbe.Run;
import io.deformux.network.architecture.deformux.ModuleProbe.Values;
import io.deformux.network.architecture.deformux.ResidualBlock;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs one layer of the training form forwards and backwards and gives everything as plain arrays. */
public final class LayerProbe {
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final TrainingKernels kernels;

    /** Layers made of these weights, by the names that a layer gives them. */
    public LayerProbe(Weights weights, TrainingKernels kernels) {
        weights.tensors().forEach((name, tensor) -> {
            Parameter parameter = new Parameter(tensor.shape());
            parameter.set(FloatBuffer.wrap(tensor.values()));
            parameters.put(name, parameter);
        });
        this.kernels = kernels;
    }

    /** The deformable convolution: (x, offset, weight, bias) to (n, c, d, h, w), with the gradients of all four. */
    public static Run deformable(
            TrainingKernels kernels, Values gradient, Values x, Values offset, Values weight, Values bias) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("weight", new Tensor(weight.shape(), floats(weight)));
        tensors.put("bias", new Tensor(bias.shape(), floats(bias)));
        LayerProbe probe = new LayerProbe(new Weights(tensors), kernels);
        DeformableConvolution layer =
                new DeformableConvolution(probe.parameter("weight"), probe.parameter("bias"), kernels);
        RimmedMaps in = maps(x);
        RimmedMaps out = in.reuse(null, in.c);
        RimmedMaps offsets = maps(offset);
        RimmedMaps gIn = in.reuse(null, in.c);
        RimmedMaps gOffsets = offsets.reuse(null, offsets.c);
        layer.forward(in, offsets, out);
        layer.backward(offsets, maps(gradient), gIn, gOffsets);
        Map<String, Values> parameterGradients = probe.gradients();
        return new Run(
                List.of(values(out)),
                List.of(
                        values(gIn),
                        values(gOffsets),
                        parameterGradients.get("weight"),
                        parameterGradients.get("bias")),
                Map.of());
    }

    /** A deformable block. */
    public Run block(Values gradient, Values x) {
        DeformableBlock layer = new DeformableBlock(
                convolution("ddc.conv_offset"),
                new DeformableConvolution(parameter("ddc.weight"), parameter("ddc.bias"), kernels),
                channelNorm("norm."),
                new ChannelScaling(
                        parameter("gamma"),
                        parameter("pwconv1.weight"),
                        parameter("pwconv1.bias"),
                        parameter("pwconv2.weight"),
                        parameter("pwconv2.bias"),
                        kernels));
        RimmedMaps in = maps(x);
        RimmedMaps out = in.reuse(null, in.c);
        RimmedMaps g = maps(gradient);
        layer.forward(in, out);
        layer.backward(in, g);
        return new Run(List.of(values(out)), List.of(values(g)), gradients());
    }

    /** A layer norm over the channels. */
    public Run norm(Values gradient, Values x) {
        ChannelNorm layer = channelNorm("");
        RimmedMaps in = maps(x);
        RimmedMaps out = in.reuse(null, in.c);
        RimmedMaps g = maps(gradient);
        layer.forward(in, out);
        layer.backward(in, g, g);
        return new Run(List.of(values(out)), List.of(values(g)), gradients());
    }

    /** A level of the encoder. */
    public Run encoderLevel(Values gradient, Values x) {
        ResidualBlock layer = residual("layer");
        RimmedMaps in = maps(x);
        RimmedMaps out = in.reuse(null, layer.outputs());
        RimmedMaps gIn = in.reuse(null, in.c);
        layer.forward(in, out);
        layer.backward(in, out, maps(gradient), Optional.of(gIn));
        return new Run(List.of(values(out)), List.of(values(gIn)), gradients());
    }

    /** A level of the decoder. */
    public Run decoderLevel(Values gradient, Values below, Values skip) {
        DecoderLevel layer = new DecoderLevel(
                Convolution.doubling(parameter("transp_conv.conv.weight"), kernels), residual("conv_block"));
        RimmedMaps in = maps(below);
        RimmedMaps joining = maps(skip);
        RimmedMaps out = joining.reuse(null, layer.outputs());
        RimmedMaps gIn = in.reuse(null, in.c);
        layer.skip(out).copy(joining);
        layer.forward(in, out);
        RimmedMaps gSkip = layer.backward(in, out, maps(gradient), gIn);
        return new Run(List.of(values(out)), List.of(values(gIn), values(gSkip)), gradients());
    }

    private ResidualBlock residual(String name) {
        return new ResidualBlock(
                convolution(name + ".conv1.conv"),
                convolution(name + ".conv2.conv"),
                parameters.containsKey(name + ".conv3.conv.weight")
                        ? Optional.of(convolution(name + ".conv3.conv"))
                        : Optional.empty(),
                kernels);
    }

    private Convolution convolution(String name) {
        return Convolution.same(
                parameter(name + ".weight"), Optional.ofNullable(parameters.get(name + ".bias")), kernels);
    }

    private ChannelNorm channelNorm(String prefix) {
        return new ChannelNorm(parameter(prefix + "weight"), parameter(prefix + "bias"), kernels);
    }

    private Parameter parameter(String name) {
        return parameters.get(name);
    }

    private Map<String, Values> gradients() {
        Map<String, Values> gradients = new LinkedHashMap<>();
        parameters.forEach(
                (name, parameter) -> gradients.put(name, new Values(parameter.shape, doubles(parameter.gradient))));
        return gradients;
    }

    private static RimmedMaps maps(Values values) {
        int[] s = values.shape();
        RimmedMaps maps = RimmedMaps.of(s[0], s[1], s[2], s[3], s[4]);
        maps.read(FloatBuffer.wrap(floats(values)));
        return maps;
    }

    private static Values values(RimmedMaps maps) {
        float[] values = new float[maps.n * maps.c * maps.voxels()];
        maps.write(FloatBuffer.wrap(values));
        return new Values(new int[] {maps.n, maps.c, maps.d, maps.h, maps.w}, doubles(values));
    }

    private static float[] floats(Values values) {
        float[] floats = new float[values.values().length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values.values()[i];
        }
        return floats;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
