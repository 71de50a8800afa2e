package io.deformux.standalone.bench;

import io.deformux.network.PredictingNetwork;
import io.deformux.network.proof.Noise;
import io.deformux.network.proof.ProofReport;
import java.nio.FloatBuffer;

/**
 * What windows through one network took.
 *
 * @param first of the first one after the warm-up, in ms
 * @param median of some more, in ms
 * @param convolutions how much of the median the convolutions took, in ms
 * @param warmUp of the warm-up without its checks, in ms
 * @param check of the warm-up's checks, in ms; 0 without
 */
record WindowTimes(double first, double median, double convolutions, double warmUp, double check) {
    private static final int RUNS = 3;
    /** Of what takes long and is only compared with. */
    private static final int BASELINE_RUNS = 1;

    /** Measures windows of {@code size}³ voxels after a warm-up that proves the arithmetic. */
    static WindowTimes proven(PredictingNetwork network, int size) {
        long start = System.nanoTime();
        ProofReport report = network.prove(size, size, size, 1);
        double check = report.checkNanos() / 1e6;
        return measured(network, size, (System.nanoTime() - start) / 1e6 - check, check);
    }

    /** The median time of a window in ms, of a network that takes long and is only compared with. */
    static double baseline(PredictingNetwork network, int size) {
        FloatBuffer image = Noise.of(network.config().inChannels() * size * size * size, 2);
        return Stopwatch.median(BASELINE_RUNS, () -> once(network, image, size));
    }

    private static WindowTimes measured(PredictingNetwork network, int size, double warmUp, double check) {
        FloatBuffer image = Noise.of(network.config().inChannels() * size * size * size, 2);
        double first = once(network, image, size);
        long before = network.convolutionNanos();
        double[] all = new double[1];
        double median = Stopwatch.median(RUNS, () -> all[0] += once(network, image, size));
        double share = (network.convolutionNanos() - before) / 1e6 / all[0];
        return new WindowTimes(first, median, median * share, warmUp, check);
    }

    private static double once(PredictingNetwork network, FloatBuffer image, int size) {
        long start = System.nanoTime();
        network.forward(image.duplicate(), 1, size, size, size, logits -> {});
        return (System.nanoTime() - start) / 1e6;
    }
}
