package io.deformux.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The roles of outputs that a job can ask for: those that an {@link OutputFile} has. */
public enum WantedRole {
    /** The labels as NIfTI, which every job stores. */
    @JsonProperty("label-map")
    LABEL_MAP,
    /** The labels as a DICOM segmentation. */
    @JsonProperty("dicom-seg")
    DICOM_SEG,
    /** Numbers per label. */
    @JsonProperty("measurements")
    MEASUREMENTS,
    /** A picture for people. */
    @JsonProperty("preview")
    PREVIEW,
    /** The measurements as a DICOM structured report, with the segmentation that it refers to. */
    @JsonProperty("dicom-sr")
    DICOM_SR,
    /** The labels as contours for radiotherapy. */
    @JsonProperty("dicom-rtstruct")
    DICOM_RTSTRUCT,
    /** A surface per label. */
    @JsonProperty("mesh")
    MESH,
    /** The labels' names and colours. */
    @JsonProperty("label-names")
    LABEL_NAMES,
    /** The same for ITK-SNAP. */
    @JsonProperty("itk-snap-labels")
    ITK_SNAP_LABELS,
    /** The same for 3D Slicer. */
    @JsonProperty("slicer-colours")
    SLICER_COLOURS,
    /** A mask for each class. */
    @JsonProperty("class-mask")
    CLASS_MASK,
    /** The probability of each class. */
    @JsonProperty("probabilities")
    PROBABILITIES,
    /** The entropy over all classes. */
    @JsonProperty("entropy")
    ENTROPY,
    /** The part of it that an ensemble's members disagree about. */
    @JsonProperty("disagreement")
    DISAGREEMENT,
    /** The scan as it was read. */
    @JsonProperty("scan")
    SCAN
}
