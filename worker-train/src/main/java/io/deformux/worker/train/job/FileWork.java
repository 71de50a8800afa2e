package io.deformux.worker.train.job;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A piece of work on files of a fold that an interrupt does not disturb, and whose failure says what to look at. */
interface FileWork<T> {

    /** The work itself. */
    T run() throws IOException;

    /**
     * Does it; an interrupt before or meanwhile is still pending afterwards.
     *
     * @param failure what it means if that fails
     * @throws JobException DISK_FULL or OUTPUT_FAILED
     */
    static <T> T done(String failure, FileWork<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.run();
        } catch (IOException e) {
            throw new JobException(
                    DiskFull.or(FailureCode.OUTPUT_FAILED, e),
                    failure + ": " + IoReason.of(e) + "; look at the disk of the output",
                    e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Puts a file that was written beside its place there, as a whole. */
    static void replace(Path staged, Path place) throws IOException {
        Files.move(staged, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
