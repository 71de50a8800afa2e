package io.deformux.volume;

import java.util.Objects;

/**
 * A scan: one value per voxel (HU for CT after rescale).
 *
 * @param geometry the grid
 * @param voxels the values, last axis fastest, {@code geometry.shape().length()} of them; held, not copied
 */
public record Volume(Geometry geometry, float[] voxels) {

    /** Checks that there is one value per voxel. */
    public Volume {
        Objects.requireNonNull(geometry, "geometry");
        if (voxels.length != geometry.shape().voxels()) {
            throw new IllegalArgumentException(voxels.length + " values for a grid of " + geometry.shape());
        }
    }

    /** Reverses the order along axis 1 within the array that this volume holds, which the result takes over. */
    public Volume reverseRows() {
        Shape3 shape = geometry.shape();
        float[] row = new float[shape.w()];
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h() / 2; j++) {
                int low = shape.index(i, j, 0);
                int high = shape.index(i, shape.h() - 1 - j, 0);
                System.arraycopy(voxels, low, row, 0, row.length);
                System.arraycopy(voxels, high, voxels, low, row.length);
                System.arraycopy(row, 0, voxels, high, row.length);
            }
        }
        return new Volume(geometry.reversed(1), voxels);
    }

    /** The value at voxel (i, j, k). */
    public float at(int i, int j, int k) {
        return voxels[geometry.shape().index(i, j, k)];
    }
}
