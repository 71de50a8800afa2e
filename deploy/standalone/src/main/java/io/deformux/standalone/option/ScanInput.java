package io.deformux.standalone.option;

import io.deformux.dicom.data.DicomFile;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.storage.archive.Unpacking;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A path on this machine as the input reference of an event: a folder, an archive and a file that begins as DICOM does are
 * DICOM, any other file is a volume file.
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

    /**
     * Whether these are the tag and length of a first element of a data set without the mark (PS3.5 chapter 7): of group
     * 0002 or 0008, little endian, with a representation of two capitals or a short length.
     */
    private static boolean isElement(byte[] start) {
        boolean group = start.length == 8 && (start[0] == 2 || start[0] == 8) && start[1] == 0 && start[3] == 0;
        boolean explicit = group && isCapital(start[4]) && isCapital(start[5]);
        boolean implicit = group && start[5] == 0 && start[6] == 0 && start[7] == 0;
        return explicit || implicit;
    }

    private static boolean isCapital(byte letter) {
        return letter >= 'A' && letter <= 'Z';
    }

    private static Kind kind(Path path) {
        boolean dicom = Files.isDirectory(path) || Unpacking.isArchive(path) || beginsAsDicom(path);
        return dicom ? Kind.DICOM : Kind.NIFTI;
    }

    private static boolean beginsAsDicom(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return DicomFile.isPart10(path) || isElement(in.readNBytes(8));
        } catch (IOException e) {
            throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "the file could not be read: " + path, e);
        }
    }
}
