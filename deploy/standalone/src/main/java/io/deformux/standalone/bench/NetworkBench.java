package io.deformux.standalone.bench;

import ai.djl.Device;
import io.deformux.network.MultiplyAccumulates;
import io.deformux.network.PredictingNetwork;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.proof.Noise;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One window through one of the paper's networks on the CPU, against its own convolutions and matrix products. Random weights and
 * values. Where our own kernels compute, products are timed as they are computed, and a transformer that runs as its text counts as a
 * whole; of a network that runs as its text, they are what the window takes more than the same text without them. Meant for a process of its own, since some networks take much memory.
 */
public final class NetworkBench {
    private static final int CLASSES = 16;
    private static final int SIZE = 96;
    private static final int RUNS = 3;
    private static final double GIGA = 1e9;
    private static final double NANOSECONDS = 1e6;
    private static final String MILLISECONDS = "ms";

    private final NetworkConfig config;
    private final Precision precision;
    private final String part;
    private final FloatBuffer image;

    /**
     * A measurement.
     *
     * @param network one of {@link #networks}
     * @param narrow whether of few channels instead of the published ones
     */
    public NetworkBench(String network, boolean narrow, Precision precision) {
        PaperNetwork named = PaperNetwork.named(network);
        this.config = narrow ? named.narrow(CLASSES) : named.published(CLASSES);
        this.precision = precision;
        this.part = part(network, narrow);
        this.image = Noise.of(config.inChannels() * SIZE * SIZE * SIZE, 2);
    }

    /** The paper's networks, DeformUX-Net first. */
    public static List<String> networks() {
        return PaperNetwork.ALL.stream().map(PaperNetwork::name).toList();
    }

    /** What a network's figures belong to. */
    public static String part(String network, boolean narrow) {
        return (narrow ? "narrow " : "") + network;
    }

    /** Each network's window against DeformUX-Net's, of what was measured of all; nothing if there are none of that. */
    public static List<Figure> compared(List<Figure> figures, boolean narrow) {
        String first = part(networks().get(0), narrow);
        List<Figure> windows = figures.stream()
                .filter(figure -> figure.unit().equals(MILLISECONDS))
                .toList();
        return windows.stream()
                .filter(figure -> figure.part().equals(first))
                .findFirst()
                .map(own -> windows.stream()
                        .map(window -> new Figure(
                                window.part(),
                                window.name() + ": time against DeformUX-Net",
                                window.value() / own.value(),
                                "x"))
                        .toList())
                .orElse(List.of());
    }

    /** Measures it. */
    public Measured run() {
        Weights weights = config.modules().randomWeights(1);
        try (PredictingNetwork network = PredictingNetwork.of(config, weights, Device.cpu(), precision)) {
            return config.cpuForm().isPresent() ? layered(network) : asText(network, weights);
        }
    }

    private Measured layered(PredictingNetwork network) {
        network.warmUp(1, SIZE, SIZE, SIZE);
        double window = Double.POSITIVE_INFINITY;
        double products = 0;
        for (int i = 0; i < RUNS; i++) {
            long before = network.convolutionNanos();
            double time = Stopwatch.once(() -> window(network));
            if (time < window) {
                window = time;
                products = (network.convolutionNanos() - before) / NANOSECONDS;
            }
        }
        return told(network, window, products);
    }

    /** The two take turns, so that whatever else the machine does meets both. */
    private Measured asText(PredictingNetwork whole, Weights weights) {
        try (PredictingNetwork hollow = PredictingNetwork.withoutProducts(config, weights, whole.arithmetic())) {
            double[] least = Stopwatch.least(RUNS, List.of(() -> window(whole), () -> window(hollow)));
            return told(whole, least[0], least[0] - least[1]);
        }
    }

    private void window(PredictingNetwork network) {
        network.forward(image.duplicate(), 1, SIZE, SIZE, SIZE, logits -> {});
    }

    private Measured told(PredictingNetwork network, double window, double products) {
        String what = SIZE + "^3, " + network.arithmetic().label() + ", " + network.kernels();
        List<Figure> figures = new ArrayList<>();
        List<Unmeasured> missing = new ArrayList<>();
        if (products > 0) {
            figures.add(new Figure(
                    part, what + ": whole against its convolutions and matrix products", window / products, "x"));
        } else {
            missing.add(new Unmeasured(
                    part, "all but its products took as long as the whole: something else keeps the machine busy"));
        }
        figures.add(new Figure(part, what, window, MILLISECONDS));
        figures.add(new Figure(part, SIZE + "^3", MultiplyAccumulates.of(config, SIZE, SIZE, SIZE) / GIGA, "GMAC"));
        return new Measured(figures, missing);
    }
}
