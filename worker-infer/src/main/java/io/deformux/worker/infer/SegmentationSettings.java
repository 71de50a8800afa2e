package io.deformux.worker.infer;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What one worker may use.
 *
 * @param scratch where a job keeps files while it runs
 * @param maxVoxels the largest grid, of the scan and at the preset's spacing; larger ones are refused before memory is
 *     taken
 * @param softwareVersion what result events name as the producer
 */
public record SegmentationSettings(Path scratch, int maxVoxels, String softwareVersion) {
    /** 2^29 voxels: a scan of 512 x 512 x 2048. */
    public static final int MAX_VOXELS = 1 << 29;

    /** Checks the values. */
    public SegmentationSettings {
        Objects.requireNonNull(scratch, "scratch");
        Objects.requireNonNull(softwareVersion, "softwareVersion");
        if (maxVoxels < 1) {
            throw new IllegalArgumentException("max voxels must be at least 1, not " + maxVoxels);
        }
    }
}
