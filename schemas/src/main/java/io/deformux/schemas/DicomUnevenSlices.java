package io.deformux.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of DICOM slices that make no even stack. */
public enum DicomUnevenSlices {
    /** The job fails. */
    @JsonProperty("refuse")
    REFUSE,
    /** An even stack is interpolated between them, and a warning says so. */
    @JsonProperty("resample")
    RESAMPLE
}
