package io.deformux.standalone.bench;

import ai.djl.Device;
import io.deformux.network.Arithmetic;
import io.deformux.network.Devices;
import io.deformux.network.GpuWindowTimes;
import io.deformux.network.PredictingNetwork;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.gpu.Gpu;
import io.deformux.network.gpu.Gpus;
import io.deformux.network.proof.Noise;
import io.deformux.network.proof.ProofReport;
import io.deformux.network.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A window of the published network on a GPU, random weights and values: each way to compute against its convolutions alone, a scan
 * against its windows, what the labels share with those of float on the CPU, and memory.
 */
public final class GpuBench {
    private static final int RUNS = 15;
    private static final double GIB = 1 << 30;
    private static final long SEED = 1;
    /** By kernels of our own, and the same as TorchScript. */
    private static final Map<Arithmetic, Arithmetic> TWINS = Map.of(
            Arithmetic.GPU_BF16, Arithmetic.LIBRARY_BF16,
            Arithmetic.GPU_TF32, Arithmetic.LIBRARY_TF32,
            Arithmetic.GPU_FP32, Arithmetic.LIBRARY_FP32);

    private final DeformUxNetConfig config;
    private final int size;
    private final Device device;
    private final Weights weights;
    private final String part;

    /** A window of {@code size}³ voxels on {@code cuda:N}. */
    public GpuBench(DeformUxNetConfig config, int size, String device) {
        this.config = config;
        this.size = size;
        this.device = Devices.parse(device);
        this.weights = config.modules().randomWeights(SEED);
        this.part = gpu().name();
    }

    private Gpu gpu() {
        return Gpus.ofThisMachine().all().get(device.getDeviceId());
    }

    /** Measures. */
    public List<Figure> run() {
        float[] expected = logits(Device.cpu(), Arithmetic.LIBRARY_FP32);
        List<Figure> figures = new ArrayList<>();
        for (Arithmetic way : List.of(Arithmetic.GPU_BF16, Arithmetic.GPU_TF32, Arithmetic.GPU_FP32)) {
            times(way, figures);
            figures.addAll(new DeviceScanBench(config, weights, device, size).run(way));
            parity(way, expected, figures);
            parity(TWINS.get(way), expected, figures);
        }
        // PyTorch keeps what it has taken, so this is the peak of all of that.
        long taken = gpu().memory() - Gpus.ofThisMachine().free(device.getDeviceId());
        figures.add(new Figure(part, "most memory taken, with all that is on it", taken / GIB, "GiB"));
        return figures;
    }

    private void times(Arithmetic way, List<Figure> figures) {
        GpuWindowTimes times = GpuWindowTimes.measure(config, weights, device, way, size, RUNS);
        double twin = GpuWindowTimes.median(
                PredictingNetwork.of(config, weights, device, TWINS.get(way)), config.inChannels(), size, RUNS);
        String name = way.label() + ": ";
        double operator = times.withOperator() - times.convolutions();
        figures.add(
                new Figure(part, name + "window against its convolutions", times.whole() / times.convolutions(), "x"));
        figures.add(new Figure(part, name + "operator against the convolutions", operator / times.convolutions(), "x"));
        figures.add(new Figure(
                part, name + "window as TorchScript against its convolutions", twin / times.convolutions(), "x"));
        figures.add(new Figure(part, name + "window", times.whole(), "ms"));
        figures.add(new Figure(part, name + "convolutions", times.convolutions(), "ms"));
    }

    private void parity(Arithmetic way, float[] expected, List<Figure> figures) {
        float[] actual = logits(device, way);
        double furthest = 0;
        int alike = 0;
        int voxels = size * size * size;
        for (int v = 0; v < voxels; v++) {
            alike += label(actual, v, voxels) == label(expected, v, voxels) ? 1 : 0;
        }
        for (int i = 0; i < actual.length; i++) {
            furthest = Math.max(furthest, Math.abs(actual[i] - expected[i]));
        }
        String name = way.label() + ": ";
        figures.add(new Figure(part, name + "labels as in float on the CPU", 100.0 * alike / voxels, "%"));
        figures.add(new Figure(part, name + "largest difference of logits to those", furthest, "1"));
    }

    private float[] logits(Device where, Arithmetic way) {
        float[] values = new float[config.outChannels() * size * size * size];
        try (PredictingNetwork network = PredictingNetwork.of(config, weights, where, way)) {
            if (where.isGpu()) {
                ProofReport report = network.prove(size, size, size, SEED);
                if (!report.passed()) {
                    throw new IllegalStateException(way.label() + " is computed wrong here: " + report.summary());
                }
            }
            network.forward(
                    Noise.of(config.inChannels() * size * size * size, SEED),
                    1,
                    size,
                    size,
                    size,
                    logits -> logits.get(values));
        }
        return values;
    }

    private int label(float[] logits, int voxel, int voxels) {
        int best = 0;
        for (int c = 1; c < config.outChannels(); c++) {
            if (logits[c * voxels + voxel] > logits[best * voxels + voxel]) {
                best = c;
            }
        }
        return best;
    }
}
