package io.deformux.network.architecture.deformux;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.util.Pair;
import io.deformux.network.architecture.blocks.LayerModules;
import io.deformux.network.architecture.blocks.LevelModules;
import io.deformux.network.architecture.blocks.ResidualModules;
import io.deformux.network.torchscript.GpuText;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.TorchEngine;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.torchscript.TorchScriptProgram;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a part of the network by itself, forwards and backwards, and gives everything as plain arrays. */
public final class ModuleProbe implements AutoCloseable {
    private static final String OPERATOR_PROBE =
            """
            class Operator(Module):
              def forward(self, x: Tensor, offset: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
                y = __torch__.deformux.operator.deformable_convolution(x, offset, weight, bias)
                return torch.permute(y, [0, 4, 1, 2, 3])
            """;

    /** Values with a shape, last axis fastest. */
    public record Values(int[] shape, double[] values) {}

    /**
     * What a run gave.
     *
     * @param outputs the module's outputs
     * @param inputGradients one per input, empty if no gradient was asked for
     * @param parameterGradients by name, empty if no gradient was asked for
     */
    public record Run(List<Values> outputs, List<Values> inputGradients, Map<String, Values> parameterGradients) {}

    private final TorchScriptModule module;
    private final DataType type;

    private ModuleProbe(ModuleTree tree, Map<String, String> code, Weights weights, DataType type) {
        this.type = type;
        try {
            Path file = Files.createTempFile("probe", ".pt");
            try {
                TorchScriptArchive.write(file, new TorchScriptProgram(tree, code), weights, Precision.FP32);
                this.module = TorchScriptModule.load(file, Device.cpu(), true);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The deformable operator: (x, offset, weight, bias) to (N, C, D, H, W). */
    public static ModuleProbe operator(boolean doublePrecision) {
        return operator(doublePrecision, "deformable_convolution");
    }

    /** The same in a form of it: a function of {@code operator.py}. */
    public static ModuleProbe operator(boolean doublePrecision, String form) {
        Map<String, String> code = new LinkedHashMap<>(DeformUxNetMethods.ofNetwork("deformuxnet_3d"));
        code.put("code/__torch__/probe.py", OPERATOR_PROBE.replace("deformable_convolution", form));
        return new ModuleProbe(
                new ModuleTree("__torch__.probe.Operator", Map.of()),
                code,
                new Weights(Map.of()),
                doublePrecision ? DataType.FLOAT64 : DataType.FLOAT32);
    }

    /** A deformable block with c channels. */
    public static ModuleProbe block(int c, int offsetKernel, Weights weights) {
        return ofBlocks(DeformableModules.of(c, offsetKernel).module(), weights);
    }

    /** A level of the convolutional encoder. */
    public static ModuleProbe encoderLevel(int in, int out, Weights weights) {
        return ofBlocks(ResidualModules.of(in, out).level(), weights);
    }

    /** A level of the decoder. */
    public static ModuleProbe decoderLevel(int in, int out, Weights weights) {
        return ofBlocks(LevelModules.of(in, out).module(), weights);
    }

    /** A layer normalisation over c channels, for (N, C, D, H, W) or for (N, D, H, W, C). */
    public static ModuleProbe layerNorm(int c, boolean channelsLast, Weights weights) {
        return ofBlocks(channelsLast ? LayerModules.normOfLast(c) : LayerModules.norm(c), weights);
    }

    /** The module at a path of a network, the whole network for the empty path. */
    public static ModuleProbe part(DeformUxNetConfig config, Weights weights, String path) {
        return part(config, weights, path, DeformUxNetMethods.ofNetwork("deformuxnet_3d"));
    }

    /** A whole network as a GPU computes it. */
    public static ModuleProbe onGpu(DeformUxNetConfig config, Weights weights) {
        return part(config, weights, "", GpuText.of(DeformUxNetMethods.ofNetwork("deformuxnet_3d")));
    }

    private static ModuleProbe part(
            DeformUxNetConfig config, Weights weights, String path, Map<String, String> methods) {
        String prefix = path.isEmpty() ? "" : path + ".";
        Map<String, Tensor> own = new LinkedHashMap<>();
        weights.tensors().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), tensor);
            }
        });
        ModuleTree tree = config.modules().at(path);
        return new ModuleProbe(tree, methods, new Weights(own), DataType.FLOAT32);
    }

    private static ModuleProbe ofBlocks(ModuleTree tree, Weights weights) {
        return new ModuleProbe(tree, DeformUxNetMethods.ofNetwork("deformuxnet_3d"), weights, DataType.FLOAT32);
    }

    /** Runs {@code forward} without gradients. */
    public Values forward(Values... inputs) {
        return call("forward", inputs).get(0);
    }

    /** Runs a method without gradients. */
    public List<Values> call(String method, Values... inputs) {
        try (NDManager scope = module.newScope()) {
            return values(module.call(method, arrays(scope, inputs), false));
        }
    }

    /** Runs {@code forward} and the gradients of {@code sum(output * outputGradient)}. */
    public Run backward(Values outputGradient, Values... inputs) {
        try (NDManager scope = module.newScope();
                GradientCollector collector = TorchEngine.start().newGradientCollector()) {
            NDList arrays = arrays(scope, inputs);
            arrays.forEach(array -> array.setRequiresGradient(true));
            NDList outputs = module.call("forward", arrays, true);
            collector.backward(outputs.get(0).mul(array(scope, outputGradient)).sum());
            Map<String, Values> parameterGradients = new LinkedHashMap<>();
            for (Pair<String, Parameter> entry : module.block().getParameters()) {
                Parameter parameter = entry.getValue();
                try (NDArray gradient = parameter.getArray().getGradient()) {
                    parameterGradients.put(parameter.getName(), values(gradient));
                }
            }
            List<Values> inputGradients = new ArrayList<>();
            for (NDArray array : arrays) {
                inputGradients.add(values(array.getGradient()));
            }
            return new Run(values(outputs), inputGradients, parameterGradients);
        }
    }

    @Override
    public void close() {
        module.close();
    }

    private NDList arrays(NDManager scope, Values... inputs) {
        NDList list = new NDList();
        for (Values input : inputs) {
            list.add(array(scope, input));
        }
        return list;
    }

    private NDArray array(NDManager scope, Values input) {
        Shape shape = new Shape(Arrays.stream(input.shape).asLongStream().toArray());
        if (type == DataType.FLOAT64) {
            return scope.create(DoubleBuffer.wrap(input.values), shape, type);
        }
        float[] floats = new float[input.values.length];
        for (int n = 0; n < floats.length; n++) {
            floats[n] = (float) input.values[n];
        }
        return scope.create(FloatBuffer.wrap(floats), shape, type);
    }

    private static List<Values> values(NDList arrays) {
        return arrays.stream().map(ModuleProbe::values).toList();
    }

    private static Values values(NDArray array) {
        int[] shape = Arrays.stream(array.getShape().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
        double[] values = new double[Math.toIntExact(array.size())];
        ByteBuffer bytes = array.toByteBuffer(true).order(ByteOrder.nativeOrder());
        if (array.getDataType() == DataType.FLOAT64) {
            bytes.asDoubleBuffer().get(values);
        } else {
            FloatBuffer floats = bytes.asFloatBuffer();
            Arrays.setAll(values, floats::get);
        }
        return new Values(shape, values);
    }
}
