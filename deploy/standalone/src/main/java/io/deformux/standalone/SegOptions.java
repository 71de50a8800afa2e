package io.deformux.standalone;

import io.deformux.schemas.DicomSegKind;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a DICOM segmentation is to be written. */
final class SegOptions {
    @Option(
            names = "--dicom-seg-kind",
            description = "How the DICOM segmentation stores segments: binary, or labelmap, which few viewers read yet"
                    + " (default: binary, or what the worker was given).")
    private DicomSegKind kind;

    /** What was asked for, if anything. */
    Optional<DicomSegKind> kind() {
        return Optional.ofNullable(kind);
    }
}
