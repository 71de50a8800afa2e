package io.deformux.model;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * One network of a package; several make an ensemble whose probabilities are averaged.
 *
 * @param file the weights archive, a file name inside the package
 * @param sha256 its digest, lower-case hex
 * @param fold the cross-validation fold that it was trained without, if any; 0 to 99
 */
public record Member(String file, String sha256, OptionalInt fold) {

    /**
     * Checks each value.
     *
     * @throws io.deformux.failure.JobException MODEL_INVALID
     */
    public Member {
        ModelId.requireName("file", file);
        Invalid.unless(!file.equals(ModelManifest.FILE), "a weights file cannot be called " + ModelManifest.FILE);
        Invalid.unless(Digest.isDigest(sha256), "the sha256 of " + file + " must be 64 lower-case hex digits");
        Invalid.unless(fold.isEmpty() || fold.getAsInt() >= 0 && fold.getAsInt() < 100, "a fold must be 0 to 99");
    }

    /**
     * A member for a weights archive that lies elsewhere now.
     *
     * @param file its name to be inside the package
     * @throws UncheckedIOException if the archive cannot be read
     */
    public static Member of(String file, Path archive, OptionalInt fold) {
        try {
            return new Member(file, Digest.of(archive), fold);
        } catch (IOException e) {
            throw new UncheckedIOException("the weights archive cannot be read", e);
        }
    }

    /** Throws {@link JobException} MODEL_DIGEST_MISMATCH if that is the digest of other bytes than stated. */
    void requireDigest(String actual) {
        if (!actual.equals(sha256)) {
            throw new JobException(
                    FailureCode.MODEL_DIGEST_MISMATCH,
                    file + " has sha256 " + actual + " and not the stated " + sha256 + "; copy the package again");
        }
    }
}
