package io.deformux.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.EncoderDecoder.Sizes;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.deformux.LivelyWeights;
import io.deformux.network.architecture.repuxnet.RepUxNetConfig;
import io.deformux.network.architecture.uxnet.UxNetConfig;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The layer-by-layer forward pass against the network as its TorchScript says it. */
class CpuForwardTest {
    private static final List<Integer> ANY_SIZE = List.of(32, 16, 48);
    private static final List<Integer> LARGER = List.of(64, 32, 32);

    static Stream<Arguments> forms() {
        DeformUxNetConfig small = new DeformUxNetConfig(1, 3, List.of(8, 16, 32, 64), List.of(2, 2, 2, 2), 128, 3);
        DeformUxNetConfig odd = new DeformUxNetConfig(2, 5, List.of(3, 3, 20, 17), List.of(1, 3, 2, 1), 17, 1);
        Sizes narrow = new Sizes(1, 3, List.of(8, 16, 32, 64), List.of(2, 2, 2, 2), 128);
        Sizes uneven = new Sizes(2, 5, List.of(3, 3, 20, 17), List.of(1, 3, 2, 1), 17);
        Map<NetworkConfig, List<Integer>> sizes = new LinkedHashMap<>();
        Stream.of(
                        small,
                        odd,
                        new UxNetConfig(narrow, 7),
                        new UxNetConfig(uneven, 21),
                        new RepUxNetConfig(uneven, 5, 1),
                        new RepUxNetConfig(narrow, 21, 1),
                        named(
                                "unetr",
                                Map.of(
                                        "imageSize",
                                        "32,16,48",
                                        "featureSize",
                                        "5",
                                        "hidden",
                                        "12",
                                        "mlp",
                                        "16",
                                        "heads",
                                        "3")))
                .forEach(config -> sizes.put(config, ANY_SIZE));
        sizes.put(named("swin-unetr", Map.of("featureSize", "6", "heads", "3,3,6,6")), LARGER);
        return sizes.entrySet().stream().flatMap(form -> Stream.of(Kernels.plain(), Kernels.best())
                .map(kernels -> Arguments.of(form.getKey(), form.getValue(), kernels)));
    }

    private static NetworkConfig named(String name, Map<String, String> settings) {
        return Architectures.configured(name, 2, 5, NetworkSettings.given(settings));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void float32(NetworkConfig config, List<Integer> size, Kernels kernels, @TempDir Path folder) throws IOException {
        assertThat(difference(config, size, kernels, Precision.FP32, folder)).isLessThan(2e-5);
    }

    /** Bfloat16 has eight bits: each of some thirty layers rounds by up to 0.4 %. */
    @ParameterizedTest
    @MethodSource("forms")
    void bfloat16(NetworkConfig config, List<Integer> size, Kernels kernels, @TempDir Path folder) throws IOException {
        assertThat(difference(config, size, kernels, Precision.BF16, folder)).isBetween(1e-5, 0.05);
    }

    /** Relative, as norms: against TorchScript in float. */
    private static double difference(
            NetworkConfig config, List<Integer> size, Kernels kernels, Precision precision, Path folder)
            throws IOException {
        Weights weights = LivelyWeights.random(config, 4);
        Path exact = folder.resolve("fp32.pt");
        TorchScriptArchive.write(exact, config.program(), weights, Precision.FP32);
        try (PredictingNetwork twin = PredictingNetwork.loadTorchScript(exact, config, Device.cpu());
                PredictingNetwork fast = FastProbe.network(config, weights, precision, kernels)) {
            assertThat(fast.precision()).isEqualTo(precision);
            float[] expected = predict(twin, size);
            float[] actual = predict(fast, size);
            double difference = 0;
            double whole = 0;
            for (int i = 0; i < expected.length; i++) {
                difference += Math.pow(actual[i] - expected[i], 2);
                whole += Math.pow(expected[i], 2);
            }
            return Math.sqrt(difference / whole);
        }
    }

    private static float[] predict(PredictingNetwork network, List<Integer> size) {
        Random random = new Random(5);
        NetworkConfig config = network.config();
        int voxels = size.stream().reduce(1, Math::multiplyExact);
        float[] image = new float[2 * config.inChannels() * voxels];
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat();
        }
        float[] logits = new float[2 * config.outChannels() * voxels];
        network.forward(FloatBuffer.wrap(image), 2, size.get(0), size.get(1), size.get(2), view -> view.get(logits));
        return logits;
    }
}
