package io.deformux.network;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks without their products run to the end, and give what the zeros in the place of their last convolution are. */
class WithoutProductsTest {
    private static final int SIZE = 64;
    private static final Map<String, Map<String, String>> NARROW = Map.of(
            "nnu-net", Map.of("features", "4,6,8,10"),
            "ux-net", Map.of("featureSizes", "4,6,8,10", "hidden", "12"),
            "unetr", Map.of("imageSize", "64,64,64", "featureSize", "4", "hidden", "24", "mlp", "48", "heads", "4"),
            "swin-unetr", Map.of("featureSize", "12"));

    @ParameterizedTest
    @ValueSource(strings = {"nnu-net", "ux-net", "unetr", "swin-unetr"})
    void allButTheProductsIsComputed(String name) {
        NetworkConfig config = Architectures.configured(name, 1, 3, NetworkSettings.given(NARROW.get(name)));
        Weights weights = config.modules().randomWeights(1);
        Arithmetic way = Arithmetic.ofTorchScript(Precision.FP32, Device.cpu());
        float[] image = new float[SIZE * SIZE * SIZE];
        Arrays.fill(image, 0.5f);
        float[] logits = new float[3 * image.length];
        Arrays.fill(logits, 1);
        try (PredictingNetwork hollow = PredictingNetwork.withoutProducts(config, weights, way)) {
            hollow.forward(FloatBuffer.wrap(image), 1, SIZE, SIZE, SIZE, result -> {
                assertThat(result.remaining()).isEqualTo(logits.length);
                result.get(logits);
            });
        }
        assertThatArray(logits).containsOnly(0);
    }
}
