package io.deformux.volumefile;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that a header names for its voxels. */
public final class DataFile {
    private DataFile() {}

    /**
     * The file of that name in the folder of the header.
     *
     * @throws JobException {@code INPUT_NOT_FOUND} if it is not there, {@code VOLUME_HEADER_INVALID} for a name that leads
     *     elsewhere
     */
    public static Path beside(Path header, String name) {
        if (name.matches(".*[/\\\\:\0].*") || name.equals("..") || name.isEmpty()) {
            throw new JobException(
                    FailureCode.VOLUME_HEADER_INVALID,
                    "the header names a data file in another folder: put both in one folder and name it without a path");
        }
        Path file = header.resolveSibling(name);
        if (!Files.isRegularFile(file)) {
            throw new JobException(
                    FailureCode.INPUT_NOT_FOUND,
                    "the input holds a header without the data file that it names: send both, names unchanged");
        }
        return file;
    }

    /** What to say of a header alone whose voxels lie in another file. */
    public static JobException elsewhere() {
        return new JobException(
                FailureCode.INPUT_NOT_FOUND,
                "this is a header whose voxels lie in another file: send a folder or archive that holds both");
    }
}
