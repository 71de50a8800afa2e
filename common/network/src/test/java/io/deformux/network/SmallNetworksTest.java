package io.deformux.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.torchscript.GradientTape;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Networks that run as their TorchScript on every device are proven, trained and used, whatever they are made of. */
@Tag("arithmetic")
class SmallNetworksTest {

    /**
     * A small network.
     *
     * @param size voxels along the axes of the images
     * @param unused what the names of parameters start with that no output depends on
     */
    private record Small(NetworkConfig config, List<Integer> size, List<String> unused) {
        static Small of(String name, Map<String, String> settings, List<Integer> size, String... unused) {
            return new Small(
                    Architectures.configured(name, 2, 3, NetworkSettings.given(settings)), size, List.of(unused));
        }

        int voxels() {
            return size.get(0) * size.get(1) * size.get(2);
        }

        FloatBuffer images(int n) {
            Random random = new Random(6);
            FloatBuffer images = FloatBuffer.allocate(n * config.inChannels() * voxels());
            while (images.hasRemaining()) {
                images.put(random.nextFloat() - 0.5f);
            }
            return images.flip();
        }
    }

    private static final Map<String, String> LEVELS = Map.of(
            "features", "4,6,8,10",
            "kernels", "[1,3,3],[3,3,3],[3,3,3],[3,3,3]",
            "strides", "[1,1,1],[1,2,2],[2,2,2],[2,2,1]");

    private static Stream<Small> networks() {
        List<Integer> flat = List.of(8, 16, 16);
        return Stream.of(
                Small.of("nnu-net", with(LEVELS, "implementation", "dynunet"), flat),
                Small.of("nnu-net", with(with(LEVELS, "residual", "true"), "transposedBias", "true"), flat),
                Small.of("nnu-net", with(with(LEVELS, "affineNorms", "false"), "deepSupervision", "0"), flat),
                Small.of("nnu-net", with(LEVELS, "implementation", "generic-unet"), flat),
                Small.of("nnu-net", with(LEVELS, "implementation", "plain-conv-unet"), flat),
                Small.of(
                        "nnu-net",
                        with(
                                with(with(LEVELS, "implementation", "residual-encoder-unet"), "features", "4,4,8,10"),
                                "blocks",
                                "1,2,1,2"),
                        flat),
                Small.of(
                        "repux-net",
                        Map.of("featureSizes", "4,6,8,10", "depths", "1,1,1,1", "hidden", "12", "kernel", "7"),
                        List.of(16, 32, 16)),
                Small.of(
                        "trans-bts",
                        Map.of("imageSize", "16", "embedding", "256", "layers", "5", "hidden", "16"),
                        List.of(16, 16, 16),
                        "linear_encoding.",
                        "pre_head_ln.",
                        "transformer.net.8.",
                        "transformer.net.9."));
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(name, value);
        return more;
    }

    private static Stream<DynamicTest> each(Consumer<Small> test) {
        return networks()
                .map(small -> dynamicTest(
                        small.config().architecture().name() + " "
                                + small.config().settings().json(),
                        () -> test.accept(small)));
    }

    /** Each output of a step has the size that its labels are taken to, and everything that counts learns. */
    @TestFactory
    Stream<DynamicTest> learn() {
        return each(small -> {
            NetworkConfig config = small.config();
            try (TrainableNetwork network = TrainableNetwork.of(config, withoutMuteBranches(config), Device.cpu());
                    NDManager scope = network.newScope()) {
                for (int step = 0; step < 2; step++) {
                    try (GradientTape tape = new GradientTape()) {
                        NDArray images = scope.create(small.images(2), shape(small, 2));
                        NDList outputs = network.outputs(images);
                        assertThat(outputs).hasSameSizeAs(config.lossWeights());
                        network.backward(tape, sum(outputs, small));
                        List<String> still = new ArrayList<>();
                        network.gradients().forEach((name, gradient) -> {
                            if (gradient.abs().max().getFloat() == 0) {
                                still.add(name);
                            }
                            assertThat(gradient.isNaN().any().getBoolean()).isFalse();
                            gradient.close();
                        });
                        assertThat(still)
                                .allMatch(name -> small.unused().stream().anyMatch(name::startsWith));
                        network.clearGradients();
                    }
                }
            }
        });
    }

    /** First weights but for norms that begin as 0: nothing learns before these in its first step. */
    private static Weights withoutMuteBranches(NetworkConfig config) {
        Map<String, Tensor> tensors =
                new LinkedHashMap<>(config.modules().randomWeights(3).tensors());
        tensors.replaceAll((name, tensor) -> {
            float[] ones = new float[tensor.values().length];
            Arrays.fill(ones, 1);
            return name.endsWith("norm.weight") ? new Tensor(tensor.shape(), ones) : tensor;
        });
        return new Weights(tensors);
    }

    private static Shape shape(Small small, int n) {
        return new Shape(
                n,
                small.config().inChannels(),
                small.size().get(0),
                small.size().get(1),
                small.size().get(2));
    }

    private static NDArray sum(NDList outputs, Small small) {
        NDArray sum = null;
        for (NDArray output : outputs) {
            Shape shape = output.getShape();
            assertThat(shape.get(1)).isEqualTo(small.config().outChannels());
            for (int axis = 0; axis < 3; axis++) {
                assertThat(small.size().get(axis) % shape.get(axis + 2)).isZero();
            }
            NDArray part = output.square().sum();
            sum = sum == null ? part : sum.add(part);
        }
        return sum;
    }

    @TestFactory
    Stream<DynamicTest> areProvenBeforeTheyLearn() {
        return each(small -> {
            NetworkConfig config = small.config();
            try (TrainableNetwork network =
                    TrainableNetwork.of(config, config.modules().randomWeights(3), Device.cpu())) {
                assertThatCode(() -> network.requireProven(
                                1,
                                small.size().get(0),
                                small.size().get(1),
                                small.size().get(2),
                                9))
                        .doesNotThrowAnyException();
            }
        });
    }

    /** The same image gives the same logits, beside another one too: nothing is dropped and no batch is looked at. */
    @TestFactory
    Stream<DynamicTest> predictTheSameAlways() {
        return each(small -> {
            NetworkConfig config = small.config();
            float[] alone = new float[config.outChannels() * small.voxels()];
            float[] both = new float[2 * alone.length];
            try (PredictingNetwork network =
                    PredictingNetwork.of(config, config.modules().randomWeights(3), Device.cpu(), Precision.FP32)) {
                int[] s = small.size().stream().mapToInt(axis -> axis).toArray();
                FloatBuffer images = small.images(2);
                network.forward(images.duplicate(), 2, s[0], s[1], s[2], values -> values.get(both));
                FloatBuffer first = images.duplicate().limit(images.limit() / 2);
                network.forward(first, 1, s[0], s[1], s[2], values -> values.get(alone));
            }
            float largest = 0;
            for (int i = 0; i < alone.length; i++) {
                assertThat(both[i]).isCloseTo(alone[i], within(1e-4f));
                largest = Math.max(largest, Math.abs(alone[i]));
            }
            assertThat(largest).isPositive();
        });
    }
}
