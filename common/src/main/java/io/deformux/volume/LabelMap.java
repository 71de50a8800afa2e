package io.deformux.volume;

import java.util.Objects;

/**
 * A segmentation: one class per voxel, 0 being the background.
 *
 * @param geometry the grid
 * @param labels the classes 0 to 255 as unsigned bytes, last axis fastest; held, not copied
 */
public record LabelMap(Geometry geometry, byte[] labels) {

    /** Checks that there is one class per voxel. */
    public LabelMap {
        Objects.requireNonNull(geometry, "geometry");
        if (labels.length != geometry.shape().voxels()) {
            throw new IllegalArgumentException(labels.length + " labels for a grid of " + geometry.shape());
        }
    }

    /** The class at voxel (i, j, k), 0 to 255. */
    public int at(int i, int j, int k) {
        return labels[geometry.shape().index(i, j, k)] & 0xff;
    }

    /** How many voxels each class has; index = class, 256 entries. */
    public long[] counts() {
        long[] counts = new long[256];
        for (byte label : labels) {
            counts[label & 0xff]++;
        }
        return counts;
    }
}
