package io.deformux.network;

import static io.deformux.network.architecture.deformux.TinyNetwork.TINY;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictingNetworkTest {
    private static final int D = 16;
    private static final int H = 32;
    private static final int W = 16;
    private static final int VOXELS = D * H * W;

    @TempDir
    private static Path folder;

    private static Path archive;
    private static PredictingNetwork network;

    @BeforeAll
    static void load() throws IOException {
        archive = folder.resolve("model.pt");
        TorchScriptArchive.write(archive, TINY.program(), TINY.modules().randomWeights(11), Precision.FP32);
        network = PredictingNetwork.load(archive, TINY, Device.cpu());
        network.warmUp(1, D, H, W);
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void predictsEveryImageOfABatchAsIfItWereAlone() {
        float[] a = image(1);
        float[] b = image(2);
        FloatBuffer both = direct(2 * VOXELS).put(a).put(b).flip();

        float[] together = predict(network, both, 2);
        float[] aloneA = predict(network, FloatBuffer.wrap(a), 1);
        float[] aloneB = predict(network, FloatBuffer.wrap(b), 1);

        assertThatArray(together).hasSize(2 * 3 * VOXELS);
        for (int n = 0; n < 3 * VOXELS; n++) {
            assertThat(together[n]).isCloseTo(aloneA[n], within(1e-4f));
            assertThat(together[3 * VOXELS + n]).isCloseTo(aloneB[n], within(1e-4f));
        }
        assertThatArray(aloneA).isNotEqualTo(aloneB);
    }

    @Test
    void givesTheSameTwiceAndLeavesTheInputAlone() {
        FloatBuffer image = direct(VOXELS).put(image(3)).flip();
        float[] first = predict(network, image.duplicate(), 1);
        assertThatArray(predict(network, image, 1)).isEqualTo(first);
        assertThat(image.remaining()).isEqualTo(VOXELS);
    }

    @Test
    void bfloat16StaysNearFloat32() throws IOException {
        Path half = folder.resolve("bf16.pt");
        TorchScriptArchive.write(half, TINY.program(), TINY.modules().randomWeights(11), Precision.BF16);
        float[] expected = predict(network, FloatBuffer.wrap(image(1)), 1);
        try (PredictingNetwork rounded = PredictingNetwork.load(half, TINY, Device.cpu())) {
            float[] actual = predict(rounded, FloatBuffer.wrap(image(1)), 1);
            double difference = 0;
            double size = 0;
            for (int n = 0; n < actual.length; n++) {
                difference += Math.pow(actual[n] - expected[n], 2);
                size += expected[n] * expected[n];
            }
            assertThat(Math.sqrt(difference / size)).isBetween(1e-6, 0.05);
        }
    }

    @Test
    void refusesSizesAndBuffersThatDoNotFit() {
        FloatBuffer image = FloatBuffer.allocate(VOXELS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.forward(image, 1, 16, 33, 16, logits -> {}))
                .withMessageContaining("multiples of 16");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network.forward(image, 1, 16, 16, 16, logits -> {}))
                .withMessageContaining("one voxel");
        assertThatIllegalArgumentException().isThrownBy(() -> network.forward(image, 2, D, H, W, logits -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> network.forward(image, 0, D, H, W, logits -> {}));
    }

    @Test
    void refusesAFileThatIsNoArchive() throws IOException {
        Path junk = Files.write(folder.resolve("junk.pt"), new byte[] {1, 2, 3});
        assertInvalid(junk, TINY);
        assertInvalid(folder.resolve("absent.pt"), TINY);
        byte[] whole = Files.readAllBytes(archive);
        Path half = Files.write(folder.resolve("half.pt"), Arrays.copyOf(whole, whole.length / 2));
        assertInvalid(half, TINY);
    }

    @Test
    void refusesAnArchiveOfAnotherConfiguration() {
        DeformUxNetConfig other = new DeformUxNetConfig(1, 4, TINY.featureSizes(), TINY.depths(), TINY.hidden(), 3);
        assertInvalid(archive, other);
    }

    @Test
    void takesAnyDepthAndLevelsThatKeepTheirChannels() throws IOException {
        DeformUxNetConfig config = new DeformUxNetConfig(2, 2, List.of(2, 2, 4, 4), List.of(3, 1, 2, 1), 4, 1);
        Path file = folder.resolve("odd.pt");
        TorchScriptArchive.write(file, config.program(), config.modules().randomWeights(2), Precision.FP32);
        try (PredictingNetwork odd = PredictingNetwork.load(file, config, Device.cpu())) {
            odd.forward(direct(2 * VOXELS), 1, D, H, W, logits -> assertThat(logits.remaining())
                    .isEqualTo(2 * VOXELS));
        }
    }

    private static void assertInvalid(Path file, DeformUxNetConfig config) {
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(
                        () -> PredictingNetwork.load(file, config, Device.cpu()).close())
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_INVALID));
    }

    private static float[] predict(PredictingNetwork network, FloatBuffer image, int n) {
        float[] logits = new float[n * 3 * VOXELS];
        network.forward(image, n, D, H, W, view -> view.get(logits));
        return logits;
    }

    private static float[] image(long seed) {
        Random random = new Random(seed);
        float[] image = new float[VOXELS];
        for (int n = 0; n < image.length; n++) {
            image[n] = random.nextFloat();
        }
        return image;
    }

    private static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(4 * length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
