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

    /** A copy with the order along axis 1 reversed; the classes keep their places in the patient. */
    public LabelMap reversedRows() {
        Shape3 shape = geometry.shape();
        byte[] reversed = new byte[labels.length];
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                System.arraycopy(
                        labels, shape.index(i, j, 0), reversed, shape.index(i, shape.h() - 1 - j, 0), shape.w());
            }
        }
        return new LabelMap(geometry.reversed(1), reversed);
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
