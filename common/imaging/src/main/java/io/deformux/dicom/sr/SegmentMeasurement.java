package io.deformux.dicom.sr;

import io.deformux.dicom.seg.Segment;
import java.util.Objects;
import java.util.Optional;

/**
 * What was measured of one segment.
 *
 * @param segment the segment, numbered as in the segmentation object that the report refers to
 * @param volumeMl its volume in mL
 * @param mean the mean of the scan in it, HU for CT; absent where no voxel of it is a number
 */
public record SegmentMeasurement(Segment segment, double volumeMl, Optional<Double> mean) {

    /** Checks that every part is there. */
    public SegmentMeasurement {
        Objects.requireNonNull(segment, "segment");
        Objects.requireNonNull(mean, "mean");
    }
}
