package io.deformux.dicom.series.stack;

/** What becomes of slices that make no even stack: one is missing, or there are two slice distances. */
public enum UnevenSlices {
    /** They are refused. */
    REFUSE,
    /** An even stack is interpolated between them, linearly, and a warning tells it. */
    RESAMPLE
}
