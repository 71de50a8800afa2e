package io.deformux.network.kernel;

import java.util.stream.IntStream;

/**
 * A map as floats with one voxel of zeros around it, so that a corner outside the volume reads as 0 without a test:
 * (d + 2, h + 2, w + 2, c) and {@link #SPILL} zeros at the end.
 */
public final class Rim {
    /** How many values beyond the last one a vector kernel may read or overwrite. */
    public static final int SPILL = 64;

    private final MapView map;
    private final float[] values;

    private Rim(MapView map) {
        this.map = map;
        this.values = new float
                [Math.addExact(Math.multiplyExact((map.d() + 2) * (map.h() + 2), (map.w() + 2) * map.c()), SPILL)];
    }

    /** Copies a map, whose kernels widen it. */
    public static Rim around(MapView map, RowKernels kernels) {
        Rim rim = new Rim(map);
        IntStream.range(0, map.d()).parallel().forEach(d -> rim.copyPlane(d, map.rows(kernels)));
        return rim;
    }

    private void copyPlane(int d, MapRows rows) {
        int line = map.w() * map.c();
        float[] values = new float[line];
        for (int h = 0; h < map.h(); h++) {
            rows.read((d * map.h() + h) * line, values, line);
            System.arraycopy(values, 0, this.values, at(d, h, 0), line);
        }
    }

    /** Where the channels of a voxel begin; each index from -1 to the size, both included. */
    int at(int d, int h, int w) {
        return (((d + 1) * (map.h() + 2) + h + 1) * (map.w() + 2) + w + 1) * map.c();
    }

    float[] values() {
        return values;
    }

    public MapView map() {
        return map;
    }

    /** Distance between neighbours along w; likewise {@link #line} along h and {@link #plane} along d. */
    int voxel() {
        return map.c();
    }

    int line() {
        return (map.w() + 2) * map.c();
    }

    int plane() {
        return (map.h() + 2) * line();
    }
}
