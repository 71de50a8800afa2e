package io.deformux.standalone.bench;

import java.util.Arrays;
import java.util.List;

/** Times something several times over. */
final class Stopwatch {
    private static final double MILLISECOND = 1e6;

    private Stopwatch() {}

    /** The median of {@code runs} runs in ms, after one that does not count. */
    static double median(int runs, Runnable work) {
        work.run();
        double[] times = new double[runs];
        for (int i = 0; i < runs; i++) {
            times[i] = once(work);
        }
        Arrays.sort(times);
        return times[runs / 2];
    }

    /** The least time of each in ms, of runs in which they take turns, after one that does not count. */
    static double[] least(int runs, List<Runnable> works) {
        double[] least = new double[works.size()];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        works.forEach(Runnable::run);
        for (int i = 0; i < runs; i++) {
            for (int k = 0; k < least.length; k++) {
                least[k] = Math.min(least[k], once(works.get(k)));
            }
        }
        return least;
    }

    /** What it takes in ms. */
    static double once(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / MILLISECOND;
    }
}
