package io.deformux.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a DICOM segmentation stores its segments. */
public enum DicomSegKind {
    /** Segmentation Storage: frames of bits per segment, which all viewers of segmentations read. */
    @JsonProperty("binary")
    BINARY,
    /** Label Map Segmentation Storage (DICOM 2024d): one frame per slice whose pixels name the segment. */
    @JsonProperty("labelmap")
    LABELMAP
}
