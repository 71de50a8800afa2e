package io.deformux.parity;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.PredictingNetwork;
import io.deformux.network.TrainableNetwork;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.deformux.ModuleProbe.Values;
import io.deformux.network.torchscript.GradientTape;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;

/** Runs networks of the zoo, as TorchScript to predict and as they are trained, and measures what they give. */
final class ZooRun {
    private ZooRun() {}

    /** What a network predicts: the map of {@code forward}; with deep supervision all of {@code outputs}, the first twice the same. */
    static List<Values> outputs(NetworkConfig config, Weights weights, Npz.NpyArray input) {
        boolean several = config.lossWeights().size() > 1;
        try (TorchScriptModule module =
                        TorchScriptModule.of(config.program(), weights, Device.cpu(), Precision.FP32, false);
                NDManager scope = module.newScope()) {
            List<Values> outputs = new ArrayList<>();
            for (NDArray output : module.call(several ? "outputs" : "forward", images(scope, input), false)) {
                outputs.add(values(output));
            }
            if (several) {
                Values alone = values(
                        module.call("forward", images(scope, input), false).get(0));
                if (!Arrays.equals(alone.values(), outputs.get(0).values())) {
                    throw new AssertionError("forward and the first of outputs differ");
                }
            }
            return outputs;
        }
    }

    /** What a network predicts in float in the way that is best on a CPU. */
    static List<Values> fastOutputs(NetworkConfig config, Weights weights, Npz.NpyArray input) {
        int[] shape = input.shape();
        try (PredictingNetwork network = PredictingNetwork.of(config, weights, Device.cpu(), Precision.FP32)) {
            double[] values = new double[shape[0] * config.outChannels() * shape[2] * shape[3] * shape[4]];
            network.forward(
                    FloatBuffer.wrap(input.floats()),
                    shape[0],
                    shape[2],
                    shape[3],
                    shape[4],
                    logits -> Arrays.setAll(values, logits::get));
            return List.of(
                    new Values(new int[] {shape[0], config.outChannels(), shape[2], shape[3], shape[4]}, values));
        }
    }

    private static NDList images(NDManager scope, Npz.NpyArray input) {
        long[] shape = Arrays.stream(input.shape()).asLongStream().toArray();
        return new NDList(scope.create(FloatBuffer.wrap(input.floats()), new Shape(shape)));
    }

    /**
     * The gradients of DiceCE at {@code input} and {@code label}, by parameter.
     *
     * @param nudge 0 for the input as it is, else the seed of a change of each of its values by up to 1e-6 of itself
     */
    static Map<String, float[]> gradients(NetworkConfig config, Weights weights, Npz npz, int nudge) {
        try (TrainableNetwork network = TrainableNetwork.of(config, weights, Device.cpu());
                NDManager scope = network.newScope();
                GradientTape tape = new GradientTape()) {
            NDArray image = images(scope, npz.get("input")).get(0);
            NDArray logits = network.forward(nudge == 0 ? image : image.mul(nudged(scope, image.getShape(), nudge)));
            Values slope =
                    DiceCrossEntropy.gradient(values(logits), npz.get("label").ints());
            float[] floats = new float[slope.values().length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) slope.values()[i];
            }
            NDArray factor = scope.create(FloatBuffer.wrap(floats), logits.getShape());
            network.backward(tape, logits.mul(factor).sum());
            Map<String, float[]> gradients = new LinkedHashMap<>();
            network.gradients().forEach((name, gradient) -> {
                gradients.put(name, gradient.toFloatArray());
                gradient.close();
            });
            return gradients;
        }
    }

    private static NDArray nudged(NDManager scope, Shape shape, int seed) {
        Random random = new Random(seed);
        float[] factors = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = 1 + 1e-6f * (2 * random.nextFloat() - 1);
        }
        return scope.create(FloatBuffer.wrap(factors), shape);
    }

    static Values values(NDArray array) {
        int[] shape = Arrays.stream(array.getShape().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
        float[] floats = array.toFloatArray();
        double[] values = new double[floats.length];
        Arrays.setAll(values, i -> floats[i]);
        return new Values(shape, values);
    }

    /** Every {@code step}-th voxel of (N, C, D, H, W) from {@code start} on. */
    static double[] part(Values all, int[] start, int step) {
        int[] s = all.shape();
        DoubleStream.Builder part = DoubleStream.builder();
        for (int map = 0; map < s[0] * s[1]; map++) {
            for (int i = start[0]; i < s[2]; i += step) {
                for (int j = start[1]; j < s[3]; j += step) {
                    for (int k = start[2]; k < s[4]; k += step) {
                        part.add(all.values()[((map * s[2] + i) * s[3] + j) * s[4] + k]);
                    }
                }
            }
        }
        return part.build().toArray();
    }

    /** Means over batch and space of each channel, and those of the absolute values. */
    static double[][] channelMeans(Values all) {
        int[] s = all.shape();
        int voxels = s[2] * s[3] * s[4];
        double[][] means = new double[2][s[1]];
        for (int i = 0; i < all.values().length; i++) {
            int channel = i / voxels % s[1];
            means[0][channel] += all.values()[i] / (s[0] * voxels);
            means[1][channel] += Math.abs(all.values()[i]) / (s[0] * voxels);
        }
        return means;
    }

    /** |actual - expected| / |expected|, Euclidean. */
    static double relativeDistance(float[] actual, double[] expected) {
        double difference = 0;
        double square = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(actual[i] - expected[i], 2);
            square += expected[i] * expected[i];
        }
        return Math.sqrt(difference / square);
    }
}
