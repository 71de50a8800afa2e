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
import java.util.Locale;
import java.util.Random;

/** One window through a whole network on the CPU: against a direct port, and against its convolutions alone. */
public final class WindowBench {
    private static final String PART = "window";
    private static final int RUNS = 3;

    private final NetworkConfig config;
    private final int size;
    private final List<Precision> precisions;
    private final FloatBuffer image;

    /** What one form of the network took. */
    private record Times(double first, double median, double convolutions) {}

    /**
     * A window of {@code size}³ voxels; random weights and values.
     *
     * @param precisions what is measured: a processor that only imitates bfloat16 would take minutes for a window in it
     */
    public WindowBench(NetworkConfig config, int size, List<Precision> precisions) {
        this.precisions = List.copyOf(precisions);
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
        String channels = " (" + config.featureSizes().get(0) + " channels, " + size + "^3)";
        List<Figure> figures = new ArrayList<>();
        for (Precision precision : precisions) {
            Times times;
            try (DeformUxNet network = DeformUxNet.of(config, weights, Device.cpu(), precision)) {
                times = time(network);
            }
            String name = precision.name().toLowerCase(Locale.ROOT);
            figures.add(
                    new Figure(PART, name + " against the direct port" + channels, direct.median / times.median, "x"));
            figures.add(new Figure(
                    PART, name + ": whole against its convolutions", times.median / times.convolutions, "x"));
            figures.add(new Figure(
                    PART, name + ": first after the warm-up against the median", times.first / times.median, "x"));
            figures.add(new Figure(PART, name, times.median, "ms"));
        }
        figures.add(new Figure(PART, "direct port", direct.median, "ms"));
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
