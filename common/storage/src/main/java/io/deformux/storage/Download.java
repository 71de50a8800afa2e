package io.deformux.storage;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * One object from elsewhere, streamed into a folder of its own in a scratch directory.
 *
 * @param file where it lies
 * @param sha256 the digest of its bytes, computed on the way
 */
public record Download(Path file, String sha256) {
    /** Apart from what else the job keeps in its scratch directory. */
    private static final String FOLDER = "fetched";

    /**
     * Streams an object to its end.
     *
     * @param in its bytes; left open
     * @param announcedBytes the size that was announced, or 0; refused before it comes if it is too much, also for the disk
     * @throws JobException INPUT_TOO_LARGE, STORAGE_FULL, STORAGE_UNAVAILABLE, JOB_CANCELLED
     */
    public static Download of(InputStream in, long announcedBytes, Scratch scratch, InputLimits limits) {
        InputMeter meter = limits.meter();
        meter.announce(announcedBytes, scratch.path());
        Path file = folder(scratch).resolve("object");
        return new Download(file, save(in, file, meter));
    }

    /** The folder of a scratch directory that a fetch puts its files in; made now. */
    public static Path folder(Scratch scratch) {
        return ScratchFile.folder(scratch.path().resolve(FOLDER));
    }

    /**
     * Streams one more file of an input; gives its digest.
     *
     * @throws JobException INPUT_TOO_LARGE, STORAGE_UNAVAILABLE, JOB_CANCELLED
     */
    public static String save(InputStream in, Path file, InputMeter meter) {
        meter.addFile();
        try (ScratchFile out = ScratchFile.create(file)) {
            return Digest.copy(meter.count(in), out);
        } catch (IOException e) {
            throw new JobException(
                    FailureCode.STORAGE_UNAVAILABLE, "the transfer of the input broke off: " + IoReason.of(e));
        }
    }
}
