package io.deformux.schemas;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * One stored output.
 *
 * @param uri where it lies
 * @param mediaType its media type, as {@code application/gzip} for a {@code .nii.gz}
 * @param sizeBytes its size in bytes
 * @param sha256 its digest, 64 lower-case hexadecimal digits
 * @param role what it is for: {@code label-map}, {@code dicom-seg}, {@code measurements} (see
 *     {@code measurements.v1.json}), {@code preview}, {@code dicom-sr}, {@code dicom-rtstruct}, {@code mesh}, {@code
 *     label-names} (see {@code labels.v1.json}), {@code itk-snap-labels}, {@code slicer-colours},
 *     {@code class-mask}, {@code probabilities}, {@code entropy}, {@code disagreement} or {@code scan}; later roles may come, so
 *     ignore the unknown
 * @param className the class that it is of, where there is a file for each class
 */
public record OutputFile(
        URI uri, String mediaType, long sizeBytes, String sha256, String role, Optional<String> className) {
    /** A file; the class may be empty but not {@code null}. */
    public OutputFile {
        Objects.requireNonNull(className, "className");
    }

    /** A file that is of no class in particular. */
    public OutputFile(URI uri, String mediaType, long sizeBytes, String sha256, String role) {
        this(uri, mediaType, sizeBytes, sha256, role, Optional.empty());
    }
}
