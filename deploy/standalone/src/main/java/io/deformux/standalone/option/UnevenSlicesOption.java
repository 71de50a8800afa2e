package io.deformux.standalone.option;

import io.deformux.schemas.DicomUnevenSlices;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What becomes of slices that are not evenly spaced. */
public final class UnevenSlicesOption {
    @Option(
            names = "--uneven-slices",
            paramLabel = "refuse|resample",
            description = "What becomes of DICOM slices that are not evenly spaced: refuse them, or resample them to an"
                    + " even stack by linear interpolation, with a warning in the result (default: refuse, or what the"
                    + " worker was given).")
    private DicomUnevenSlices uneven;

    /** What was asked for. */
    public Optional<DicomUnevenSlices> asked() {
        return Optional.ofNullable(uneven);
    }
}
