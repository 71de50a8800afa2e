package io.deformux.worker.train.job;

/** How fast a run goes, to say how long the rest takes. One thread. */
final class Pace {
    private long startNanos;
    private int startIteration;

    void start(int iteration) {
        startNanos = System.nanoTime();
        startIteration = iteration;
    }

    double secondsLeft(int done, int all) {
        double elapsed = (System.nanoTime() - startNanos) / 1e9;
        return elapsed / Math.max(done - startIteration, 1) * (all - done);
    }
}
