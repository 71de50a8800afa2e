package io.deformux.network.gpu;

/**
 * How many threads run a kernel.
 *
 * @param blocks along the first axis
 * @param rows of them
 * @param threads in each
 */
record LaunchGrid(int blocks, int rows, int threads) {
    private static final int THREADS = 192;

    /** At least so many threads, in one row. */
    static LaunchGrid of(long threads) {
        return new LaunchGrid(Math.toIntExact((threads + THREADS - 1) / THREADS), 1, THREADS);
    }
}
