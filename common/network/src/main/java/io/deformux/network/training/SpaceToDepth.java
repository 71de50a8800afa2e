package io.deformux.network.training;

/**
 * Space to depth and back, by 2x2x2 cells: channel c of a map (d, h, w) is channels 8 c to 8 c + 7 of maps of half the
 * size, one per voxel of a cell, w fastest.
 */
public final class SpaceToDepth {

    private SpaceToDepth() {}

    /** Takes cells apart: x (n, c, d, h, w) to y (n, 8 c, d / 2, h / 2, w / 2). */
    public static void split(RimmedMaps x, RimmedMaps y) {
        ParallelTasks.forEach(y.n * y.c, m -> {
            int s = m / y.c;
            int channel = m % y.c;
            for (int i = 0; i < y.d; i++) {
                for (int j = 0; j < y.h; j++) {
                    int from = voxel(x, s, channel, i, j);
                    int to = y.at(s, channel, i, j);
                    for (int k = 0; k < y.w; k++) {
                        y.values[to + k] = x.values[from + 2 * k];
                    }
                }
            }
        });
    }

    /** Puts cells together: y (n, 8 c, d / 2, h / 2, w / 2) to x (n, c, d, h, w). */
    public static void merge(RimmedMaps y, RimmedMaps x) {
        ParallelTasks.forEach(y.n * y.c, m -> {
            int s = m / y.c;
            int channel = m % y.c;
            for (int i = 0; i < y.d; i++) {
                for (int j = 0; j < y.h; j++) {
                    int from = y.at(s, channel, i, j);
                    int to = voxel(x, s, channel, i, j);
                    for (int k = 0; k < y.w; k++) {
                        x.values[to + 2 * k] = y.values[from + k];
                    }
                }
            }
        });
    }

    /** Where the voxel of a cell at the start of a line of cells lies. */
    private static int voxel(RimmedMaps x, int s, int channel, int i, int j) {
        return x.at(s, channel / 8, 2 * i + (channel >> 2 & 1), 2 * j + (channel >> 1 & 1)) + (channel & 1);
    }
}
