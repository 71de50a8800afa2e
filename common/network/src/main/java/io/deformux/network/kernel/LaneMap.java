package io.deformux.network.kernel;

import java.util.stream.IntStream;

/**
 * A map as floats in groups of as many channels as a vector has: (groups, d, h, row, lanes). A row begins some zeros before the
 * map's first voxel and ends in zeros, so that no tap along it has to be tested. Missing channels of the last group are zeros.
 */
final class LaneMap {
    private final MapView map;
    private final int lanes;
    private final int before;
    private final int row;
    private final float[] values;

    private LaneMap(MapView map, int lanes, int before, int row) {
        this.map = map;
        this.lanes = lanes;
        this.before = before;
        this.row = row;
        int groups = groups(map.c(), lanes);
        this.values = new float[Math.multiplyExact(Math.multiplyExact(groups * map.d(), map.h()), row * lanes)];
    }

    /**
     * Copies a map.
     *
     * @param before zeros before each row, in voxels
     * @param row voxels of a row, zeros included
     */
    static LaneMap of(MapView map, Kernels kernels, int before, int row) {
        LaneMap copy = new LaneMap(map, kernels.depthwise().lanes(), before, row);
        IntStream.range(0, map.d()).parallel().forEach(d -> copy.copyPlane(d, map.rows(kernels.rows())));
        return copy;
    }

    /** How many groups so many channels make. */
    static int groups(int channels, int lanes) {
        return (channels + lanes - 1) / lanes;
    }

    private void copyPlane(int d, MapRows rows) {
        int channels = map.c();
        float[] line = new float[map.w() * channels];
        for (int h = 0; h < map.h(); h++) {
            rows.read((d * map.h() + h) * line.length, line, line.length);
            for (int first = 0; first < channels; first += lanes) {
                int n = Math.min(lanes, channels - first);
                int at = at(first / lanes, d, h) + before * lanes;
                for (int w = 0; w < map.w(); w++) {
                    System.arraycopy(line, w * channels + first, values, at + w * lanes, n);
                }
            }
        }
    }

    float[] values() {
        return values;
    }

    /** Where a row begins, with its zeros. */
    int at(int group, int d, int h) {
        return ((group * map.d() + d) * map.h() + h) * row * lanes;
    }
}
