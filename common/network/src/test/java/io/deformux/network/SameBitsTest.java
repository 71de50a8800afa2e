package io.deformux.network;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.deformux.LivelyWeights;
import io.deformux.network.proof.Noise;
import io.deformux.network.torchscript.TorchEngine;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The same image gives the same bits each time; by our own kernels also whatever the number of threads. PyTorch parts sums by
 * threads, so its bits are those of as many.
 */
class SameBitsTest {
    /** Has layers of few channels and of many. */
    private static final DeformUxNetConfig CONFIG =
            new DeformUxNetConfig(1, 3, List.of(8, 16, 48, 96), List.of(1, 1, 1, 1), 64, 3);

    private static final int SIZE = 48;
    private static final int VOXELS = SIZE * SIZE * SIZE;
    private int threads;

    @BeforeEach
    void remember() {
        TorchEngine.start();
        threads = JniUtils.getNumThreads();
    }

    @AfterEach
    void restore() {
        JniUtils.setNumThreads(threads);
    }

    @Test
    void threeRunsGiveTheSameBitsWithOneThreadAndWithTwo() throws Exception {
        List<Arithmetic> ways = PrecisionChoice.AUTO.on(Device.cpu()).allowed();
        assertThat(ways).isNotEmpty();
        for (Arithmetic way : ways) {
            try (PredictingNetwork network =
                    PredictingNetwork.of(CONFIG, LivelyWeights.random(CONFIG, 4), Device.cpu(), way)) {
                float[] one = sameThreeTimes(network, 1);
                float[] two = sameThreeTimes(network, 2);
                assertThatArray(two).as(way.label()).isCloseTo(one, apart(way));
            }
        }
    }

    /** How far logits may be apart. */
    private static double apart(Arithmetic way) {
        return switch (way) {
            case OWN_FP32 -> 0;
            case LIBRARY_BF16 -> 0.25;
            default -> 1e-4;
        };
    }

    private static float[] sameThreeTimes(PredictingNetwork network, int threads) throws Exception {
        float[] first = predict(network, threads);
        for (int run = 1; run < 3; run++) {
            assertThatArray(predict(network, threads))
                    .as(network.arithmetic().label() + ", " + threads)
                    .isEqualTo(first);
        }
        return first;
    }

    private static float[] predict(PredictingNetwork network, int threads) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> {
                        JniUtils.setNumThreads(threads); // it is the calling thread's
                        float[] logits = new float[CONFIG.outChannels() * VOXELS];
                        network.forward(Noise.of(VOXELS, 3), 1, SIZE, SIZE, SIZE, values -> values.get(logits));
                        return logits;
                    })
                    .get();
        } finally {
            pool.shutdown();
        }
    }
}
