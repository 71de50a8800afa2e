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

    /** The value at voxel (i, j, k). */
    public float at(int i, int j, int k) {
        return voxels[geometry.shape().index(i, j, k)];
    }
}
