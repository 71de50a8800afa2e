package io.deformux.standalone.bench;

import java.util.Arrays;

/** Times something several times over. */
final class Stopwatch {
    private static final double MILLISECOND = 1e6;

    private Stopwatch() {}

    /** The median of {@code runs} runs in ms, after one that does not count. */
    static double median(int runs, Runnable work) {
        work.run();
        double[] times = new double[runs];
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            work.run();
            times[i] = (System.nanoTime() - start) / MILLISECOND;
        }
        Arrays.sort(times);
        return times[runs / 2];
    }
}
