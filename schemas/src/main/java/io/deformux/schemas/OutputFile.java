package io.deformux.schemas;

import java.net.URI;

/**
 * One stored output.
 *
 * @param uri where it lies
 * @param mediaType its media type, as {@code application/gzip} for a {@code .nii.gz}
 * @param sizeBytes its size in bytes
 * @param sha256 its digest, 64 lower-case hexadecimal digits
 * @param role what it is for: {@code label-map}, {@code dicom-seg}, {@code measurements} (see
 *     {@code measurements.v1.json}), {@code preview}, {@code dicom-sr}, {@code dicom-rtstruct}, {@code mesh}, {@code
 *     label-names} (see {@code labels.v1.json}), {@code itk-snap-labels} or {@code slicer-colours}; later roles may come,
 *     so ignore the unknown
 */
public record OutputFile(URI uri, String mediaType, long sizeBytes, String sha256, String role) {}
