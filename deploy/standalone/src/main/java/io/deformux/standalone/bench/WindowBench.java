package io.deformux.standalone.bench;

import ai.djl.Device;
import io.deformux.network.DeformUxNet;
import io.deformux.network.NetworkConfig;
import io.deformux.network.Precision;
import io.deformux.network.TorchScriptArchive;
import io.deformux.network.Weights;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One window through a whole network on the CPU: against a direct port, and against its convolutions alone. */
public final class WindowBench {
    private static final String PART = "window";
    private static final int RUNS = 3;

    private final NetworkConfig config;
    private final int size;
    private final FloatBuffer image;

    /** What one form of the network took. */
    private record Times(double first, double median, double convolutions) {}

    /** A window of {@code size}³ voxels; random weights and values. */
    public WindowBench(NetworkConfig config, int size) {
        this.config = config;
        this.size = size;
        this.image = FloatBuffer.allocate(config.inChannels() * size * size * size);
        Random random = new Random(2);
        for (int i = 0; i < image.capacity(); i++) {
            image.put(i, random.nextFloat());
        }
    }

    /** Measures. */
    public List<Figure> run() throws IOException {
        Weights weights = Weights.random(config, 1);
        Times direct;
        Path archive = Files.createTempFile("deformux-", ".pt");
        try {
            TorchScriptArchive.writeDirectPort(archive, config, weights);
            try (DeformUxNet network = DeformUxNet.loadTorchScript(archive, config, Device.cpu())) {
                direct = time(network);
            }
        } finally {
            Files.delete(archive);
        }
        Times fp32;
        try (DeformUxNet network = DeformUxNet.of(config, weights, Device.cpu(), Precision.FP32)) {
            fp32 = time(network);
        }
        Times bf16;
        try (DeformUxNet network = DeformUxNet.of(config, weights, Device.cpu(), Precision.BF16)) {
            bf16 = time(network);
        }
        List<Figure> figures = new ArrayList<>();
        String channels = " (" + config.featureSizes().get(0) + " channels, " + size + "^3)";
        figures.add(new Figure(PART, "bf16 against the direct port" + channels, direct.median / bf16.median, "x"));
        figures.add(new Figure(PART, "fp32 against the direct port", direct.median / fp32.median, "x"));
        figures.add(new Figure(PART, "bf16 against fp32", fp32.median / bf16.median, "x"));
        figures.add(new Figure(PART, "bf16: whole against its convolutions", bf16.median / bf16.convolutions, "x"));
        figures.add(new Figure(PART, "fp32: whole against its convolutions", fp32.median / fp32.convolutions, "x"));
        figures.add(
                new Figure(PART, "bf16: first after the warm-up against the median", bf16.first / bf16.median, "x"));
        figures.add(new Figure(PART, "direct port", direct.median, "ms"));
        figures.add(new Figure(PART, "fp32", fp32.median, "ms"));
        figures.add(new Figure(PART, "bf16", bf16.median, "ms"));
        return figures;
    }

    /** Convolutions are the time inside PyTorch's convolutions during the same runs. */
    private Times time(DeformUxNet network) {
        network.warmUp(1, size, size, size);
        double first = once(network);
        long before = network.convolutionNanos();
        double[] all = new double[1];
        double median = Stopwatch.median(RUNS, () -> all[0] += once(network));
        double share = (network.convolutionNanos() - before) / 1e6 / all[0];
        return new Times(first, median, median * share);
    }

    private double once(DeformUxNet network) {
        long start = System.nanoTime();
        network.forward(image.duplicate(), 1, size, size, size, logits -> {});
        return (System.nanoTime() - start) / 1e6;
    }
}
