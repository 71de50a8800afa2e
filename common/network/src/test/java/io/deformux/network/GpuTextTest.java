package io.deformux.network;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.torchscript.GpuText;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.torchscript.TorchScriptProgram;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** What networks compute on a GPU, made to be computed on a CPU, is what they compute there. */
@Tag("arithmetic")
class GpuTextTest {
    private static final int BATCH = 2;
    /** A number out of a tensor, a tensor out of a list, or one whose size depends on values. */
    private static final Pattern ASKS = Pattern.compile(
            "(?<![\\w.])(int|float|bool)\\(|torch\\.(item|tensor|nonzero|masked_select|unique|repeat_interleave)\\(");

    private static final Map<String, String> BACKBONE =
            Map.of("featureSizes", "4,6,8,10", "depths", "1,1,1,1", "hidden", "12");

    /** A small network, and the size of its images along each axis. */
    private record Case(String name, Map<String, String> settings, int size) {
        NetworkConfig config() {
            return Architectures.configured(name, 1, 3, NetworkSettings.given(settings));
        }
    }

    private static Stream<Case> networks() {
        return Stream.of(
                new Case("deform-uxnet", BACKBONE, 32),
                new Case("ux-net", BACKBONE, 32),
                new Case(
                        "nnu-net",
                        Map.of(
                                "features", "4,6,8",
                                "kernels", "[3,3,3],[3,3,3],[3,3,3]",
                                "strides", "[1,1,1],[2,2,2],[2,2,2]"),
                        32),
                new Case(
                        "unetr",
                        Map.of("imageSize", "32,32,32", "featureSize", "4", "hidden", "24", "mlp", "40", "heads", "3"),
                        32));
    }

    private static Stream<Case> largerNetworks() {
        return Stream.of(
                new Case(
                        "repux-net",
                        Map.of("featureSizes", "4,6,8,10", "depths", "1,1,1,1", "hidden", "12", "kernel", "7"),
                        32),
                new Case("trans-bts", Map.of("imageSize", "16", "embedding", "256", "layers", "5", "hidden", "16"), 16),
                new Case("swin-unetr", Map.of("featureSize", "6", "heads", "3,3,6,6"), 32),
                new Case("unest", Map.of("imageSize", "64", "dims", "8,12,16", "depths", "1,1,2"), 64),
                new Case("nnformer", Map.of("imageSize", "64,64,64", "embedding", "6", "heads", "1,2,3,6"), 64));
    }

    @TestFactory
    Stream<DynamicTest> agreesInFloat() {
        return Stream.concat(networks(), largerNetworks())
                .map(each -> dynamicTest(each.name(), () -> {
                    NetworkConfig config = each.config();
                    float[] expected = forward(config, config.program(), Precision.FP32, each.size());
                    float[] actual = forward(config, GpuText.of(config.program()), Precision.FP32, each.size());
                    assertThatArray(actual).isCloseTo(expected, 1e-4f);
                }));
    }

    /** Bfloat16 rounds by 2^-9; the labels of noise change more easily than those of a trained network. */
    @TestFactory
    Stream<DynamicTest> staysNearInBfloat16() {
        return staysNear(Precision.BF16, 0.05);
    }

    /** Half precision rounds by 2^-11. */
    @TestFactory
    Stream<DynamicTest> staysNearInHalfPrecision() {
        return staysNear(Precision.FP16, 0.0125);
    }

    private static Stream<DynamicTest> staysNear(Precision precision, double bound) {
        return networks()
                .map(each -> dynamicTest(each.name(), () -> {
                    NetworkConfig config = each.config();
                    float[] exact = forward(config, config.program(), Precision.FP32, each.size());
                    float[] rounded = forward(config, GpuText.of(config.program()), precision, each.size());
                    double difference = 0;
                    double size = 0;
                    for (int n = 0; n < exact.length; n++) {
                        difference += Math.pow(rounded[n] - exact[n], 2);
                        size += exact[n] * exact[n];
                    }
                    assertThat(Math.sqrt(difference / size)).isBetween(1e-6, bound);
                }));
    }

    /** A call that asks the device for a value waits until it has done all before, and the device then waits for the caller. */
    @TestFactory
    Stream<DynamicTest> asksTheDeviceForNoValue() {
        return Stream.concat(networks(), largerNetworks())
                .map(each -> dynamicTest(each.name(), () -> assertThat(
                                each.config().program().methods().values())
                        .isNotEmpty()
                        .noneMatch(text -> ASKS.matcher(text).find())));
    }

    private static float[] forward(NetworkConfig config, TorchScriptProgram program, Precision precision, int size) {
        Weights weights = config.modules().randomWeights(5);
        try (TorchScriptModule module = TorchScriptModule.of(program, weights, Device.cpu(), precision, false);
                NDManager scope = module.newScope()) {
            NDArray image = scope.create(noise(size), new Shape(BATCH, 1, size, size, size));
            return module.call("forward", new NDList(image), false)
                    .singletonOrThrow()
                    .toFloatArray();
        }
    }

    private static FloatBuffer noise(int size) {
        Random random = new Random(6);
        FloatBuffer images = FloatBuffer.allocate(BATCH * size * size * size);
        while (images.hasRemaining()) {
            images.put(random.nextFloat() - 0.5f);
        }
        return images.flip();
    }
}
