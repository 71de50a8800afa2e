package io.deformux.worker.infer.outputs;

/** The files that a job can store. */
public enum OutputRole {
    /** The labels on the scan's own grid, as NIfTI. */
    LABEL_MAP("label-map", "labels.nii.gz", "application/gzip"),
    /** The labels as a DICOM segmentation in the study of the scan; only for DICOM inputs in which something is found. */
    DICOM_SEG("dicom-seg", "segmentation.dcm", "application/dicom"),
    /** Numbers per label. */
    MEASUREMENTS("measurements", "measurements.json", "application/json"),
    /** A picture for people. */
    PREVIEW("preview", "preview.png", "image/png");

    private final String wireName;
    private final String fileName;
    private final String mediaType;

    OutputRole(String wireName, String fileName, String mediaType) {
        this.wireName = wireName;
        this.fileName = fileName;
        this.mediaType = mediaType;
    }

    /** The role in events. */
    public String wireName() {
        return wireName;
    }

    /** The last part of the object's name. */
    public String fileName() {
        return fileName;
    }

    /** The IANA media type; that of gzip for NIfTI, which has none. */
    public String mediaType() {
        return mediaType;
    }
}
