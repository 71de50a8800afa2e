package io.deformux.network.kernel;

import java.util.stream.IntStream;

/**
 * A map as floats in groups of as many channels as a vector has: (groups, d, h, w, lanes). Missing channels of the last group are
 * zeros.
 */
final class LaneMap {
    private final MapView map;
    private final int lanes;
    private final float[] values;

    private LaneMap(MapView map, int lanes) {
        this.map = map;
        this.lanes = lanes;
        this.values = new float[Math.multiplyExact(groups(map.c(), lanes) * lanes, map.voxels())];
    }

    /** Copies a map. */
    static LaneMap of(MapView map, Kernels kernels) {
        LaneMap copy = new LaneMap(map, kernels.depthwise().lanes());
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
                int at = at(first / lanes, d, h);
                for (int w = 0; w < map.w(); w++) {
                    System.arraycopy(line, w * channels + first, values, at + w * lanes, n);
                }
            }
        }
    }

    float[] values() {
        return values;
    }

    /** Where a row begins. */
    int at(int group, int d, int h) {
        return ((group * map.d() + d) * map.h() + h) * map.w() * lanes;
    }

    /** How many values a row has. */
    int row() {
        return map.w() * lanes;
    }
}
