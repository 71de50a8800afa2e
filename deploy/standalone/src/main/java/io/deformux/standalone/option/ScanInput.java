package io.deformux.standalone.option;

import io.deformux.dicom.data.DicomFile;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.storage.archive.Unpacking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A path on this machine as the input reference of an event: a folder, an archive and a file that begins as DICOM does, with
 * its mark or without, are DICOM, any other file is a volume file.
 */
public final class ScanInput {
    private ScanInput() {}

    /** The reference; {@code INPUT_NOT_FOUND} if nothing is there. */
    public static InputReference reference(Path path) {
        if (!Files.exists(path)) {
            throw new JobException(FailureCode.INPUT_NOT_FOUND, "nothing is at " + path);
        }
        return new InputReference(path.toAbsolutePath().normalize().toUri(), kind(path), Optional.empty());
    }

    private static Kind kind(Path path) {
        boolean dicom = Files.isDirectory(path) || Unpacking.isArchive(path) || beginsAsDicom(path);
        return dicom ? Kind.DICOM : Kind.NIFTI;
    }

    private static boolean beginsAsDicom(Path path) {
        try {
            return DicomFile.isDicom(path);
        } catch (IOException e) {
            throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "the file could not be read: " + path, e);
        }
    }
}
