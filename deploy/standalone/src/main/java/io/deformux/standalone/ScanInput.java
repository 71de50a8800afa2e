package io.deformux.standalone;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A path on this machine as the input reference of an event: a folder is a DICOM series, a file is NIfTI. */
final class ScanInput {
    private ScanInput() {}

    static InputReference reference(Path path) {
        if (!Files.exists(path)) {
            throw new JobException(FailureCode.INPUT_NOT_FOUND, "nothing is at " + path);
        }
        Kind kind = Files.isDirectory(path) ? Kind.DICOM : Kind.NIFTI;
        return new InputReference(path.toAbsolutePath().normalize().toUri(), kind, Optional.empty());
    }
}
