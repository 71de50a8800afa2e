package io.deformux.standalone.option;

import io.deformux.schemas.DicomSegKind;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a DICOM segmentation is to be written. */
public final class SegOptions {
    @Option(
            names = "--dicom-seg-kind",
            description = "How the DICOM segmentation stores segments: binary, or labelmap, which few viewers read yet"
                    + " (default: binary, or what the worker was given).")
    private DicomSegKind kind;

    /** What was asked for, if anything. */
    public Optional<DicomSegKind> kind() {
        return Optional.ofNullable(kind);
    }
}
