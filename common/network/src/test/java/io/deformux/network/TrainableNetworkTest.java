package io.deformux.network;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.torchscript.GradientTape;
import io.deformux.network.torchscript.TorchEngine;
import io.deformux.network.training.TrainingKernels;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A training step in Java against the same through PyTorch's own derivatives of the TorchScript text. */
@Tag("arithmetic")
class TrainableNetworkTest {
    /** Odd channel counts, another depth per stage, several input channels. */
    private static final DeformUxNetConfig UNEVEN =
            new DeformUxNetConfig(2, 5, List.of(3, 6, 9, 10), List.of(2, 1, 3, 1), 11, 1);

    /** The channels of small networks, which fill vectors. */
    private static final DeformUxNetConfig EVEN =
            new DeformUxNetConfig(1, 3, List.of(8, 16, 16, 32), List.of(1, 2, 1, 1), 32, 3);

    /** Two levels of the encoder that keep their channels, and so need no projection. */
    private static final DeformUxNetConfig UNPROJECTED =
            new DeformUxNetConfig(4, 2, List.of(4, 4, 8, 8), List.of(1, 1, 1, 1), 8, 3);

    /** What a step gave. */
    private record Result(float[] logits, Map<String, float[]> gradients) {}

    @TestFactory
    Stream<DynamicTest> agreesWithTheTorchScript() {
        return Stream.of(UNEVEN, EVEN, UNPROJECTED)
                .flatMap(config -> Stream.of(TrainingKernels.plain(), TrainingKernels.best())
                        .map(kernels -> DynamicTest.dynamicTest(
                                config.featureSizes() + " " + kernels.name(), () -> compare(config, kernels))));
    }

    private static void compare(DeformUxNetConfig config, TrainingKernels kernels) {
        Weights weights = weights(config, 3);
        Result expected;
        Result actual;
        try (TrainableNetwork network = TrainableNetwork.ofTorchScript(config, weights, Device.cpu())) {
            expected = step(network, config, 4);
        }
        try (TrainableNetwork network = TrainableNetwork.of(config, weights, kernels)) {
            actual = step(network, config, 4);
        }
        assertThatArray(actual.logits).isCloseTo(expected.logits, 1e-4);
        assertThat(actual.gradients.keySet()).containsExactlyElementsOf(expected.gradients.keySet());
        double largest = expected.gradients.values().stream()
                .mapToDouble(TrainableNetworkTest::norm)
                .max()
                .orElseThrow();
        expected.gradients.forEach((name, gradient) -> {
            float[] difference = gradient.clone();
            for (int i = 0; i < difference.length; i++) {
                difference[i] -= actual.gradients.get(name)[i];
            }
            // A value within rounding of 0 at a LeakyReLU, or a position of an integer, may fall on either side.
            assertThat(norm(difference)).as(name).isLessThanOrEqualTo(1e-2 * norm(gradient) + 1e-6 * largest);
        });
    }

    /**
     * Bfloat16 rounds factors by 2^-9; what is learned and its gradients stay floats. At 64, so that no map is of two voxels: of
     * those oneDNN computes the gradients of weights wrong on processors that have bfloat16 without tiles for it.
     */
    @Test
    void aStepWithProductsInBfloat16IsNearTheOneInFloat() {
        assumeFalse(
                TorchEngine.library().withoutOneDnn(),
                "PyTorch's own loops sum in bfloat16 too, which the proof refuses");
        Weights weights = weights(EVEN, 3);
        Result exact;
        Result rounded;
        try (TrainableNetwork network = TrainableNetwork.ofTorchScript(EVEN, weights, Device.cpu())) {
            exact = step(network, EVEN, 4, 1, 64, 64, 64);
        }
        try (TrainableNetwork network =
                TrainableNetwork.ofTorchScript(EVEN, weights, Device.cpu(), TrainingArithmetic.MIXED_BF16)) {
            network.requireProven(1, 64, 64, 64, 7);
            rounded = step(network, EVEN, 4, 1, 64, 64, 64);
            weights.tensors().forEach((name, tensor) -> assertThatArray(
                            network.weights().get(name).values())
                    .isEqualTo(tensor.values()));
        }
        float[] difference = exact.logits.clone();
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= rounded.logits[i];
        }
        assertThat(norm(difference) / norm(exact.logits)).isBetween(1e-6, 0.05);
        double all = 0;
        double apart = 0;
        for (Map.Entry<String, float[]> gradient : exact.gradients.entrySet()) {
            float[] other = rounded.gradients.get(gradient.getKey());
            for (int i = 0; i < other.length; i++) {
                apart += Math.pow(other[i] - gradient.getValue()[i], 2);
                all += Math.pow(gradient.getValue()[i], 2);
            }
        }
        assertThat(Math.sqrt(apart / all)).isBetween(1e-6, 0.2);
    }

    /** Whatever the threads do, the same step gives the same bits. */
    @Test
    void repeatsItself() {
        Weights weights = weights(EVEN, 5);
        Result first = null;
        for (int run = 0; run < 3; run++) {
            try (TrainableNetwork network = TrainableNetwork.of(EVEN, weights, TrainingKernels.best())) {
                Result result = step(network, EVEN, 6);
                if (first == null) {
                    first = result;
                }
                Result expected = first;
                assertThatArray(result.logits).isEqualTo(first.logits);
                result.gradients.forEach(
                        (name, gradient) -> assertThatArray(gradient).as(name).isEqualTo(expected.gradients.get(name)));
            }
        }
    }

    /** A step leaves nothing behind for the next one, even of another size. */
    @Test
    void forgetsTheStepBefore() {
        Weights weights = weights(EVEN, 5);
        try (TrainableNetwork network = TrainableNetwork.of(EVEN, weights, TrainingKernels.best())) {
            Result first = step(network, EVEN, 6);
            network.clearGradients();
            step(network, EVEN, 7, 1, 48, 16, 16);
            network.clearGradients();
            Result again = step(network, EVEN, 6);
            assertThatArray(again.logits).isEqualTo(first.logits);
            again.gradients.forEach(
                    (name, gradient) -> assertThatArray(gradient).as(name).isEqualTo(first.gradients.get(name)));
        }
    }

    /** Between two steps it predicts what the next step would compute. */
    @Test
    void predicts() {
        float[] image = image();
        try (TrainableNetwork network = TrainableNetwork.of(EVEN, weights(EVEN, 5), TrainingKernels.best());
                TrainableNetwork twin = TrainableNetwork.ofTorchScript(EVEN, weights(EVEN, 5), Device.cpu())) {
            float[] logits = predict(network, image);
            assertThatArray(logits).isCloseTo(predict(twin, image), 1e-4);
            assertThatArray(logits).hasSize(EVEN.outChannels() * image.length);
        }
    }

    /** As when a fold goes on from a checkpoint, whatever device that was written on. */
    @Test
    void computesWithTheWeightsThatAreSet() {
        float[] image = image();
        Weights others = weights(EVEN, 9);
        try (TrainableNetwork fast = TrainableNetwork.of(EVEN, weights(EVEN, 5), TrainingKernels.best());
                TrainableNetwork twin = TrainableNetwork.ofTorchScript(EVEN, weights(EVEN, 5), Device.cpu());
                TrainableNetwork expected = TrainableNetwork.ofTorchScript(EVEN, others, Device.cpu())) {
            fast.set(others);
            twin.set(others);
            assertThatArray(predict(twin, image)).isEqualTo(predict(expected, image));
            assertThatArray(predict(fast, image)).isCloseTo(predict(expected, image), 1e-4);
        }
    }

    /** Before it trains by PyTorch's derivatives it has them proven, which passes on a machine that computes right. */
    @Test
    void provesTheGradientsOfTheTorchScript() {
        try (TrainableNetwork network = TrainableNetwork.ofTorchScript(EVEN, weights(EVEN, 5), Device.cpu())) {
            assertThatCode(() -> network.requireProven(2, 32, 16, 48, 9)).doesNotThrowAnyException();
        }
    }

    /** What float cannot hold is as wrong as what a faulty library computes. */
    @Test
    void whatIsNotProvenIsNotTrained() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights(EVEN, 5).tensors());
        tensors.computeIfPresent("out.conv.conv.weight", (name, tensor) -> {
            float[] values = new float[tensor.values().length];
            Arrays.fill(values, Float.MAX_VALUE);
            return new Tensor(tensor.shape(), values);
        });
        try (TrainableNetwork network = TrainableNetwork.ofTorchScript(EVEN, new Weights(tensors), Device.cpu())) {
            assertThatThrownBy(() -> network.requireProven(1, 32, 16, 16, 9))
                    .isInstanceOfSatisfying(
                            JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.ARITHMETIC_UNPROVEN))
                    .hasMessageContaining("computes gradients wrong")
                    .hasMessageContaining("train on another machine, or on the CPU");
        }
    }

    private static float[] image() {
        float[] image = new float[32 * 16 * 48];
        Random random = new Random(8);
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat();
        }
        return image;
    }

    private static float[] predict(TrainableNetwork network, float[] image) {
        float[][] logits = new float[1][];
        network.predict(FloatBuffer.wrap(image), 1, 32, 16, 48, result -> {
            logits[0] = new float[result.remaining()];
            result.get(logits[0]);
        });
        return logits[0];
    }

    private static Result step(TrainableNetwork network, DeformUxNetConfig config, long seed) {
        return step(network, config, seed, 2, 32, 16, 48);
    }

    /** Logits, and the gradients of their weighted sum. */
    private static Result step(
            TrainableNetwork network, DeformUxNetConfig config, long seed, int n, int d, int h, int w) {
        Random random = new Random(seed);
        try (NDManager scope = network.newScope();
                GradientTape tape = new GradientTape()) {
            NDArray images = array(scope, random, n, config.inChannels(), d, h, w);
            NDArray logits = network.forward(images);
            NDArray factors = array(scope, random, n, config.outChannels(), d, h, w);
            network.backward(tape, logits.mul(factors).sum());
            Map<String, float[]> gradients = new LinkedHashMap<>();
            network.gradients().forEach((name, gradient) -> {
                gradients.put(name, gradient.toFloatArray());
                gradient.close();
            });
            return new Result(logits.toFloatArray(), gradients);
        }
    }

    private static NDArray array(NDManager scope, Random random, int... shape) {
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return scope.create(
                FloatBuffer.wrap(values),
                new Shape(Arrays.stream(shape).asLongStream().toArray()),
                DataType.FLOAT32);
    }

    /** Weights whose offsets and channel-wise scaling matter, unlike those that a training starts with. */
    private static Weights weights(DeformUxNetConfig config, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        config.modules().randomWeights(seed).tensors().forEach((name, tensor) -> {
            float[] values = tensor.values().clone();
            boolean offset = name.contains("conv_offset");
            for (int i = 0; i < values.length && (offset || name.endsWith("gamma")); i++) {
                values[i] = (random.nextFloat() - 0.5f) * (name.endsWith("weight") ? 0.05f : 1.5f);
            }
            tensors.put(name, new Tensor(tensor.shape(), values));
        });
        return new Weights(tensors);
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}
