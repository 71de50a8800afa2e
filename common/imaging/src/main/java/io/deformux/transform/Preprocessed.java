package io.deformux.transform;

import java.util.Optional;

/**
 * A scan ready for the network.
 *
 * @param grids the way of its grid
 * @param foreground what the network sees; empty when no voxel of any channel is above the lower end of its intensity window, and then
 *     the label map is {@link Grids#background()}
 */
public record Preprocessed(Grids grids, Optional<Foreground> foreground) {

    /**
     * The part of the oriented grid that is not all 0.
     *
     * @param box where it lies in the oriented grid
     * @param image scaled intensities, (channels, {@code box.shape()}) in the order of the oriented axes, last axis fastest
     */
    public record Foreground(CropBox box, float[] image) {}
}
