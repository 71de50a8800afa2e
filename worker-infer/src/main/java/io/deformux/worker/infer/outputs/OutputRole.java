package io.deformux.worker.infer.outputs;

import io.deformux.schemas.WantedRole;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The files that a job can store. */
public enum OutputRole {
    /** The labels on the scan's own grid, as NIfTI. */
    LABEL_MAP("label-map", "labels.nii.gz", "application/gzip"),
    /** The labels as a DICOM segmentation in the study of the scan; only for DICOM inputs in which something is found. */
    DICOM_SEG("dicom-seg", "segmentation.dcm", "application/dicom"),
    /** Numbers per label. */
    MEASUREMENTS("measurements", "measurements.json", "application/json"),
    /** A picture for people. */
    PREVIEW("preview", "preview.png", "image/png"),
    /** The measurements as a DICOM structured report that refers to the segmentation; where there is one, on request. */
    DICOM_SR("dicom-sr", "report.dcm", "application/dicom"),
    /** The labels as contours for radiotherapy; as the segmentation, on request. */
    DICOM_RTSTRUCT("dicom-rtstruct", "structures.dcm", "application/dicom"),
    /** A surface per label, on request. */
    MESH("mesh", "surfaces.glb", "model/gltf-binary"),
    /** The labels' names and colours for programs, on request. */
    LABEL_NAMES("label-names", "labels.json", "application/json"),
    /** The same for ITK-SNAP, on request. */
    ITK_SNAP_LABELS("itk-snap-labels", "labels.txt", "text/plain"),
    /** The same for 3D Slicer, on request. */
    SLICER_COLOURS("slicer-colours", "labels.ctbl", "text/plain"),
    /** A mask for each class in a folder of its own, on request. */
    CLASS_MASK("class-mask", "masks", "application/gzip"),
    /** The probability of each class in a folder of its own, on request. */
    PROBABILITIES("probabilities", "probabilities", "application/gzip"),
    /** The entropy over all classes, on request: where networks disagree or are not sure. */
    ENTROPY("entropy", "entropy.nii.gz", "application/gzip"),
    /** The part of it that an ensemble's members disagree about, on request. */
    DISAGREEMENT("disagreement", "disagreement.nii.gz", "application/gzip"),
    /** The scan as it was read, on the grid of the label map, on request: for viewers that read no DICOM. */
    SCAN("scan", "scan.nii.gz", "application/gzip");

    /** What is stored where nobody says. */
    private static final Set<OutputRole> DEFAULTS =
            Collections.unmodifiableSet(EnumSet.of(LABEL_MAP, DICOM_SEG, MEASUREMENTS, PREVIEW));

    /** The same with what the results page lays under the labels. */
    private static final Set<OutputRole> SHOWN =
            Collections.unmodifiableSet(EnumSet.of(LABEL_MAP, DICOM_SEG, MEASUREMENTS, PREVIEW, SCAN));

    private final String wireName;
    private final String fileName;
    private final String mediaType;

    OutputRole(String wireName, String fileName, String mediaType) {
        this.wireName = wireName;
        this.fileName = fileName;
        this.mediaType = mediaType;
    }

    /** What is stored where nobody says. */
    public static Set<OutputRole> defaults() {
        return DEFAULTS;
    }

    /** What is stored where nobody says and a results page shows it: the scan too, for its viewer. */
    public static Set<OutputRole> shown() {
        return SHOWN;
    }

    /** The one of an event's name. */
    public static OutputRole of(WantedRole wanted) {
        return valueOf(wanted.name());
    }

    /** What an event calls it that asks for it. */
    public WantedRole wanted() {
        return WantedRole.valueOf(name());
    }

    /** Whether it is a DICOM object, which goes to the job's place for those. */
    public boolean isDicom() {
        return mediaType.equals("application/dicom");
    }

    /** Whether it is a map of how sure the network was. */
    public boolean isMap() {
        return this == PROBABILITIES || this == ENTROPY || this == DISAGREEMENT;
    }

    /** The role in events. */
    public String wireName() {
        return wireName;
    }

    /** What the file is called, or the folder of the files where there is one for each class. */
    public String fileName() {
        return fileName;
    }

    /** The IANA media type; that of gzip for NIfTI, which has none. */
    public String mediaType() {
        return mediaType;
    }
}
