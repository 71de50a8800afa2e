package io.deformux.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a scan lies and what it is.
 *
 * @param uri a NIfTI file, or the folder of one DICOM series; absolute and without user information, since
 *     credentials belong to the worker's configuration
 * @param kind the format
 * @param sha256 the digest that the worker must find, 64 lower-case hexadecimal digits; absent: not checked
 * @param seriesInstanceUid which series of a DICOM folder; absent: the folder must hold one alone
 * @param acquisitionNumber which acquisition of a DICOM series; absent: all of them, which then have to be one stack
 * @param unevenSlices what becomes of DICOM slices that make no even stack; absent: as the worker is configured, which
 *     refuses them unless it says otherwise
 */
public record InputReference(
        URI uri,
        Kind kind,
        Optional<String> sha256,
        Optional<String> seriesInstanceUid,
        Optional<Integer> acquisitionNumber,
        Optional<DicomUnevenSlices> unevenSlices) {
    /** An input; what is optional may be empty but not {@code null}. */
    public InputReference {
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(seriesInstanceUid, "seriesInstanceUid");
        Objects.requireNonNull(acquisitionNumber, "acquisitionNumber");
        Objects.requireNonNull(unevenSlices, "unevenSlices");
    }

    /** An input that names no series. */
    public InputReference(URI uri, Kind kind, Optional<String> sha256) {
        this(uri, kind, sha256, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The formats of an input. */
    public enum Kind {
        /** A folder or archive with the images of one CT or MR series; one without any may hold one volume file. */
        @JsonProperty("dicom")
        DICOM,
        /** A volume file (NIfTI, plain or gzipped, MetaImage, NRRD), or a folder or archive with one. */
        @JsonProperty("nifti")
        NIFTI
    }
}
