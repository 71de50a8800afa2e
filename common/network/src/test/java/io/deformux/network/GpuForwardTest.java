package io.deformux.network;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.deformux.LivelyWeights;
import io.deformux.network.gpu.DeviceLayers;
import io.deformux.network.gpu.DeviceMap;
import io.deformux.network.gpu.HostLauncher;
import io.deformux.network.gpu.LaunchedKernels;
import io.deformux.network.gpu.MapKernels;
import io.deformux.network.proof.ProofReport;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pass of a GPU with its kernels compiled for the CPU, against the network's TorchScript. */
@Tag("arithmetic")
class GpuForwardTest {
    private static final DeformUxNetConfig CONFIG =
            new DeformUxNetConfig(1, 3, List.of(8, 8, 16, 16), List.of(1, 1, 1, 1), 16, 3);
    private static final int SIZE = 32;
    private static final int HALF = 16;
    private static final int BATCH = 2;

    @TempDir
    private static Path folder;

    private final Weights weights = LivelyWeights.random(CONFIG, 3);

    @BeforeEach
    void requireCompiler() {
        assumeTrue(HostLauncher.available(), "no C++ compiler");
    }

    @Test
    void computesWhatTheTorchScriptDoes() {
        try (PredictingNetwork network = onHost(Arithmetic.GPU_FP32)) {
            assertThat(network.kernels()).isEqualTo("GPU kernels");
            assertThatArray(predict(network)).isCloseTo(twin(), 2e-4f);
        }
    }

    @Test
    void staysNearItInBfloat16() {
        try (PredictingNetwork network = onHost(Arithmetic.GPU_BF16)) {
            float[] exact = twin();
            float[] rounded = predict(network);
            double difference = 0;
            double size = 0;
            for (int n = 0; n < exact.length; n++) {
                difference += Math.pow(rounded[n] - exact[n], 2);
                size += exact[n] * exact[n];
            }
            assertThat(Math.sqrt(difference / size)).isBetween(1e-6, 0.1);
        }
    }

    @Test
    void isProvenInBothPrecisions() {
        for (Arithmetic way : List.of(Arithmetic.GPU_FP32, Arithmetic.GPU_BF16)) {
            try (PredictingNetwork network = onHost(way)) {
                ProofReport report = network.prove(SIZE, HALF, HALF, 4);
                assertThat(report.faults()).as(way.label()).isEmpty();
            }
        }
    }

    @Test
    void aKernelThatIsOffByFivePercentIsFound() {
        try (PredictingNetwork network = onHost(Arithmetic.GPU_FP32, Lying::new)) {
            ProofReport report = network.prove(SIZE, HALF, HALF, 4);
            assertThat(report.passed()).isFalse();
            assertThat(report.faults()).allMatch(fault -> fault.contains("the deformable convolution of"));
        }
    }

    @Test
    void networksWhoseChannelsDoNotFillTheKernelsHaveNone() {
        DeformUxNetConfig odd = new DeformUxNetConfig(1, 3, List.of(6, 8, 16, 32), List.of(1, 1, 1, 1), 48, 3);
        assertThat(odd.gpuForm().orElseThrow().suits(Precision.FP32)).isFalse();
        assertThat(CONFIG.gpuForm().orElseThrow().suits(Precision.BF16)).isTrue();
        assertThat(CONFIG.gpuForm().orElseThrow().suits(Precision.FP16)).isFalse();
    }

    @Test
    void whatAWindowTakesIsMeasuredWithAndWithoutKernels() {
        GpuWindowTimes times =
                GpuWindowTimes.measure(change -> onHost(Arithmetic.GPU_FP32, change), CONFIG.inChannels(), SIZE, 1);
        assertThat(times.whole()).isPositive();
        assertThat(times.convolutions()).isPositive();
        assertThat(times.withOperator()).isPositive();
    }

    /** Kernels whose deformable convolution reads weights that are five percent too large. */
    private record Lying(MapKernels kernels) implements MapKernels {
        @Override
        public void deform(DeviceMap x, DeviceMap offset, PtNDArray weight, PtNDArray bias, DeviceMap y) {
            try (PtNDArray larger = weight.mul(1.05f)) {
                kernels.deform(x, offset, larger, bias, y);
            }
        }

        @Override
        public void activate(DeviceMap y, Optional<DeviceMap> other, boolean normed, NDManager scope) {
            kernels.activate(y, other, normed, scope);
        }

        @Override
        public void blockEnd(DeviceMap y, DeviceMap x, PtNDArray table) {
            kernels.blockEnd(y, x, table);
        }

        @Override
        public void close() {
            kernels.close();
        }
    }

    private PredictingNetwork onHost(Arithmetic way) {
        return onHost(way, kernels -> kernels);
    }

    private PredictingNetwork onHost(Arithmetic way, UnaryOperator<MapKernels> change) {
        DeviceLayers layers = new DeviceLayers(Device.cpu());
        MapKernels kernels = change.apply(new LaunchedKernels(new HostLauncher(folder), layers));
        return new PredictingNetwork(
                CONFIG, way, NetworkPasses.onLayers(CONFIG, weights, way.precision(), layers, kernels, () -> {}));
    }

    private float[] twin() {
        try (PredictingNetwork network =
                PredictingNetwork.of(new WithoutCpuForm(CONFIG), weights, Device.cpu(), Arithmetic.LIBRARY_FP32)) {
            return predict(network);
        }
    }

    private static float[] predict(PredictingNetwork network) {
        float[] all = new float[BATCH * CONFIG.outChannels() * SIZE * HALF * HALF];
        Random random = new Random(6);
        FloatBuffer images = FloatBuffer.allocate(BATCH * SIZE * HALF * HALF);
        while (images.hasRemaining()) {
            images.put(random.nextFloat());
        }
        network.forward(images.flip(), BATCH, SIZE, HALF, HALF, logits -> logits.get(all));
        return all;
    }
}
