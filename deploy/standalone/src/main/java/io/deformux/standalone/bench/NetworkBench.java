package io.deformux.standalone.bench;

import ai.djl.Device;
import io.deformux.network.MultiplyAccumulates;
import io.deformux.network.PredictingNetwork;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * One window through each of the paper's networks on the CPU: against its own convolutions and matrix products, and against
 * DeformUX-Net. Random weights and values. Where our own kernels compute, products are timed as they are computed; of a
 * network that runs as its text, they are what the window takes more than the same text without them.
 */
public final class NetworkBench {
    private static final int CLASSES = 16;
    private static final int SIZE = 96;
    private static final double GIGA = 1e9;

    private final boolean narrow;
    private final Precision precision;

    /**
     * A measurement.
     *
     * @param narrow whether of networks of few channels instead of the published ones
     */
    public NetworkBench(boolean narrow, Precision precision) {
        this.narrow = narrow;
        this.precision = precision;
    }

    /** Measures all of them. */
    public List<Figure> run() {
        List<Figure> figures = new ArrayList<>();
        double first = 0;
        for (PaperNetwork network : PaperNetwork.ALL) {
            NetworkConfig config = narrow ? network.narrow(CLASSES) : network.published(CLASSES);
            Weights weights = config.modules().randomWeights(1);
            String part = (narrow ? "narrow " : "") + network.name();
            try (PredictingNetwork opened = PredictingNetwork.of(config, weights, Device.cpu(), precision)) {
                WindowTimes times = WindowTimes.unproven(opened, SIZE);
                double products = config.cpuForm().isPresent()
                        ? times.convolutions()
                        : times.median() - rest(config, weights, opened);
                first = first == 0 ? times.median() : first;
                figures.addAll(figures(part, opened, times.median(), products, first));
            }
        }
        return figures;
    }

    private static List<Figure> figures(
            String part, PredictingNetwork network, double window, double products, double first) {
        String what = SIZE + "^3, " + network.arithmetic().label() + ", " + network.kernels();
        double work = MultiplyAccumulates.of(network.config(), SIZE, SIZE, SIZE) / GIGA;
        return List.of(
                new Figure(part, what + ": whole against its convolutions and matrix products", window / products, "x"),
                new Figure(part, what + ": time against DeformUX-Net", window / first, "x"),
                new Figure(part, what, window, "ms"),
                new Figure(part, SIZE + "^3", work, "GMAC"));
    }

    private static double rest(NetworkConfig config, Weights weights, PredictingNetwork whole) {
        try (PredictingNetwork hollow = PredictingNetwork.withoutProducts(config, weights, whole.arithmetic())) {
            return WindowTimes.unproven(hollow, SIZE).median();
        }
    }
}
