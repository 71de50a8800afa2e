package io.deformux.network.kernel;

import java.util.stream.IntStream;

/**
 * How a pass cuts the voxels of a map: tasks of fixed size for the threads, and within them chunks of rows that stay in
 * the first-level cache.
 */
public final class Chunks {
    private static final int CHUNK_VALUES = 1024;
    private static final int TASK_VALUES = 1 << 17;

    /** A range of voxels, {@code to} excluded. */
    @FunctionalInterface
    public interface Task {
        void run(int index, int from, int to);
    }

    /** One step of a pass over one chunk. */
    @FunctionalInterface
    public interface Step {
        void run(int voxel, int voxels);
    }

    private Chunks() {}

    /** How many voxels of so many channels a chunk has. */
    public static int rows(int channels) {
        return Math.max(1, CHUNK_VALUES / channels);
    }

    /** How many voxels of so many channels a task has: a multiple of {@link #rows}. */
    static int taskVoxels(int channels) {
        int rows = rows(channels);
        return Math.max(1, TASK_VALUES / channels / rows) * rows;
    }

    /** How many tasks a map is cut into. */
    static int tasks(int voxels, int channels) {
        int each = taskVoxels(channels);
        return (voxels + each - 1) / each;
    }

    /** Runs a task for every range, spread over the common pool. */
    public static void forEach(int voxels, int channels, Task task) {
        int each = taskVoxels(channels);
        IntStream.range(0, tasks(voxels, channels))
                .parallel()
                .forEach(t -> task.run(t, t * each, Math.min(voxels, (t + 1) * each)));
    }

    /**
     * Runs the steps over each chunk of a range, in their order.
     *
     * <p>This one call sees so many kinds of steps that HotSpot compiles each by itself. Inlined into one another they would
     * exceed its node limit, and then vectors become objects.
     */
    public static void each(int from, int to, int rows, Step... steps) {
        for (int v = from; v < to; v += rows) {
            int voxels = Math.min(rows, to - v);
            for (Step step : steps) {
                step.run(v, voxels);
            }
        }
    }

    /** Per-channel values side by side for so many rows. */
    public static float[] repeat(float[] values, int rows) {
        float[] repeated = new float[values.length * rows];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(values, 0, repeated, r * values.length, values.length);
        }
        return repeated;
    }
}
