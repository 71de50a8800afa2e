package io.deformux.dicom.series.slice;

import static io.deformux.failure.FailureCode.INPUT_NOT_FOUND;
import static io.deformux.failure.FailureCode.STORAGE_UNAVAILABLE;

import io.deformux.dicom.data.DicomFile;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * A file of the input. Errors name it by its number, since names can tell who the patient is.
 *
 * @param path where it is
 * @param number its place in name order, from 1
 * @param total how many files the input has
 */
public record SourceFile(Path path, int number, int total) {

    /** The preamble and the letters DICM (PS3.10 section 7.1). */
    private static final int PREAMBLE = 132;

    /** Whether its name begins with a dot. */
    public boolean hidden() {
        return path.getFileName().toString().startsWith(".");
    }

    /** Whether not even the DICOM mark has room in it. */
    public boolean isShorterThanPreamble() {
        try {
            return Files.size(path) < PREAMBLE;
        } catch (IOException e) {
            throw new JobException(STORAGE_UNAVAILABLE, "a file could not be read");
        }
    }

    /** Opens the file, applies {@code use}, closes it; empty where it is not DICOM. */
    public <T> Optional<T> read(int maxBytes, Function<DicomFile, T> use) {
        try {
            Optional<DicomFile> opened = DicomFile.open(path, maxBytes);
            if (opened.isEmpty()) {
                return Optional.empty();
            }
            try (DicomFile file = opened.get()) {
                return Optional.of(use.apply(file));
            }
        } catch (JobException e) {
            throw failure(e);
        }
    }

    /** Opens a file that was DICOM before, applies {@code use}, closes it. */
    <T> T require(int maxBytes, Function<DicomFile, T> use) {
        return read(maxBytes, use)
                .orElseThrow(() -> new JobException(INPUT_NOT_FOUND, "a file changed while the folder was read"));
    }

    /** The same failure, saying in which file. */
    public JobException failure(JobException e) {
        String where = "file " + number + " of " + total + " (in name order): ";
        return new JobException(e.code(), where + e.getMessage(), e);
    }
}
