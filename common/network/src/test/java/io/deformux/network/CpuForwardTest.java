package io.deformux.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.deformux.network.architecture.NetworkConfig;
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
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The layer-by-layer forward pass against the network as its TorchScript says it. */
class CpuForwardTest {
    private static final int D = 32;
    private static final int H = 16;
    private static final int W = 48;

    static Stream<Arguments> forms() {
        DeformUxNetConfig small = new DeformUxNetConfig(1, 3, List.of(8, 16, 32, 64), List.of(2, 2, 2, 2), 128, 3);
        DeformUxNetConfig odd = new DeformUxNetConfig(2, 5, List.of(3, 3, 20, 17), List.of(1, 3, 2, 1), 17, 1);
        Sizes narrow = new Sizes(1, 3, List.of(8, 16, 32, 64), List.of(2, 2, 2, 2), 128);
        Sizes uneven = new Sizes(2, 5, List.of(3, 3, 20, 17), List.of(1, 3, 2, 1), 17);
        return Stream.of(
                        small,
                        odd,
                        new UxNetConfig(narrow, 7),
                        new UxNetConfig(uneven, 21),
                        new RepUxNetConfig(uneven, 5, 1),
                        new RepUxNetConfig(narrow, 21, 1))
                .flatMap(config ->
                        Stream.of(Kernels.plain(), Kernels.best()).map(kernels -> Arguments.of(config, kernels)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void float32(NetworkConfig config, Kernels kernels, @TempDir Path folder) throws IOException {
        assertThat(difference(config, kernels, Precision.FP32, folder)).isLessThan(2e-5);
    }

    /** Bfloat16 has eight bits: each of some thirty layers rounds by up to 0.4 %. */
    @ParameterizedTest
    @MethodSource("forms")
    void bfloat16(NetworkConfig config, Kernels kernels, @TempDir Path folder) throws IOException {
        assertThat(difference(config, kernels, Precision.BF16, folder)).isBetween(1e-5, 0.05);
    }

    /** Relative, as norms: against TorchScript in float. */
    private static double difference(NetworkConfig config, Kernels kernels, Precision precision, Path folder)
            throws IOException {
        Weights weights = LivelyWeights.random(config, 4);
        Path exact = folder.resolve("fp32.pt");
        TorchScriptArchive.write(exact, config.program(), weights, Precision.FP32);
        try (PredictingNetwork twin = PredictingNetwork.loadTorchScript(exact, config, Device.cpu());
                PredictingNetwork fast = FastProbe.network(config, weights, precision, kernels)) {
            assertThat(fast.precision()).isEqualTo(precision);
            float[] expected = predict(twin);
            float[] actual = predict(fast);
            double difference = 0;
            double size = 0;
            for (int i = 0; i < expected.length; i++) {
                difference += Math.pow(actual[i] - expected[i], 2);
                size += Math.pow(expected[i], 2);
            }
            return Math.sqrt(difference / size);
        }
    }

    private static float[] predict(PredictingNetwork network) {
        Random random = new Random(5);
        NetworkConfig config = network.config();
        float[] image = new float[2 * config.inChannels() * D * H * W];
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat();
        }
        float[] logits = new float[2 * config.outChannels() * D * H * W];
        network.forward(FloatBuffer.wrap(image), 2, D, H, W, view -> view.get(logits));
        return logits;
    }
}
