package io.deformux.network.training;

import java.util.Arrays;

/**
 * One sample with the channels of a voxel side by side: (d, h, w, c) with a rim of one voxel of zeros, the channels
 * filled up with zeros to whole vectors.
 */
final class VoxelRows {
    final float[] values;
    final int d;
    final int h;
    final int w;
    /** Channels, the filling included; and how far neighbours along w lie apart. */
    final int c;

    final int line;
    final int plane;

    VoxelRows(int d, int h, int w, int c) {
        this.d = d;
        this.h = h;
        this.w = w;
        this.c = c;
        this.line = (w + 2) * c;
        this.plane = (h + 2) * line;
        this.values = new float[Math.multiplyExact(d + 2, plane)];
    }

    /** Where the channels of a voxel begin; each index from -1 to the size, both included. */
    int at(int i, int j, int k) {
        return (i + 1) * plane + (j + 1) * line + (k + 1) * c;
    }

    void clear() {
        Arrays.fill(values, 0);
    }

    /** Takes one plane of a sample. */
    void readPlane(RimmedMaps from, int s, int i) {
        for (int j = 0; j < h; j++) {
            for (int channel = 0; channel < from.c; channel++) {
                int source = from.at(s, channel, i, j);
                int target = at(i, j, 0) + channel;
                for (int k = 0; k < w; k++) {
                    values[target + k * c] = from.values[source + k];
                }
            }
        }
    }

    /** Adds one plane to a sample. */
    void addPlane(RimmedMaps to, int s, int i) {
        for (int j = 0; j < h; j++) {
            for (int channel = 0; channel < to.c; channel++) {
                int target = to.at(s, channel, i, j);
                int source = at(i, j, 0) + channel;
                for (int k = 0; k < w; k++) {
                    to.values[target + k] += values[source + k * c];
                }
            }
        }
    }
}
