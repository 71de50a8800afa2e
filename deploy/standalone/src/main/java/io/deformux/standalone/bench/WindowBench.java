package io.deformux.standalone.bench;

import ai.djl.Device;
import io.deformux.network.Arithmetic;
import io.deformux.network.PredictingNetwork;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One window through a whole network on the CPU, in every way that is asked for: against a direct port, against its
 * convolutions alone, and against the first way. Random weights and values.
 */
public final class WindowBench {
    private static final String PART = "window";

    private final DeformUxNetConfig config;
    private final Weights weights;
    private final int size;
    private final List<Arithmetic> ways;
    private final String network;

    /**
     * A window of {@code size}³ voxels.
     *
     * @param ways what is measured: a processor that only imitates bfloat16 would take minutes for a window in it
     */
    public WindowBench(DeformUxNetConfig config, int size, List<Arithmetic> ways) {
        this.config = config;
        this.weights = config.modules().randomWeights(1);
        this.size = size;
        this.ways = List.copyOf(ways);
        this.network = config.featureSizes().get(0) + " channels, " + size + "^3: ";
    }

    /** Measures all ways and the direct port. */
    public List<Figure> run() throws IOException {
        double direct = directPort();
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(PART, network + "direct port", direct, "ms"));
        List<WindowTimes> times = measure(figures);
        for (int i = 0; i < ways.size(); i++) {
            String name = network + ways.get(i).label();
            figures.add(new Figure(
                    PART,
                    name + " against the direct port",
                    direct / times.get(i).median(),
                    "x"));
        }
        return figures;
    }

    /** Measures all ways. */
    public List<Figure> runWays() {
        List<Figure> figures = new ArrayList<>();
        measure(figures);
        return figures;
    }

    private List<WindowTimes> measure(List<Figure> figures) {
        List<WindowTimes> all = new ArrayList<>();
        for (Arithmetic way : ways) {
            WindowTimes times;
            try (PredictingNetwork opened = PredictingNetwork.of(config, weights, Device.cpu(), way)) {
                times = WindowTimes.proven(opened, size);
            }
            all.add(times);
            String name = network + way.label();
            figures.add(new Figure(PART, name, times.median(), "ms"));
            figures.add(new Figure(
                    PART, name + ", whole against its convolutions", times.median() / times.convolutions(), "x"));
            figures.add(new Figure(
                    PART, name + ", first after the warm-up against the median", times.first() / times.median(), "x"));
            figures.add(new Figure(
                    PART,
                    name + ", time against " + ways.get(0).label(),
                    times.median() / all.get(0).median(),
                    "x"));
            figures.add(new Figure(
                    PART, name + ", the proof's share of the warm-up", 100 * times.check() / times.warmUp(), "%"));
            figures.add(new Figure(PART, name + ", warm-up", times.warmUp(), "ms"));
        }
        return all;
    }

    private double directPort() throws IOException {
        Path archive = Files.createTempFile("deformux-", ".pt");
        try {
            TorchScriptArchive.write(archive, config.directPort(), weights, Precision.FP32);
            try (PredictingNetwork direct = PredictingNetwork.loadTorchScript(archive, config, Device.cpu())) {
                return WindowTimes.baseline(direct, size);
            }
        } finally {
            Files.delete(archive);
        }
    }
}
