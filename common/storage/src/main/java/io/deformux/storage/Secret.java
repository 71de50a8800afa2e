package io.deformux.storage;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a secret lies; it is read at each use, so that a rotated one is taken up, and never kept or printed. */
public sealed interface Secret {

    /**
     * Reads it, without white space at its ends.
     *
     * @throws JobException STORAGE_DENIED if it is missing, empty, or has control characters in it
     */
    String read();

    /**
     * In a variable of the environment.
     *
     * @param variable its name
     */
    record InEnvironment(String variable) implements Secret {
        @Override
        public String read() {
            return Secret.checked(System.getenv(variable));
        }
    }

    /**
     * In a file, as container platforms mount secrets.
     *
     * @param path the file
     */
    record InFile(Path path) implements Secret {
        @Override
        public String read() {
            try {
                return Secret.checked(Files.readString(path));
            } catch (IOException e) {
                throw new JobException(
                        FailureCode.CREDENTIALS_REFUSED,
                        "the worker cannot read the file of a secret: " + IoReason.of(e) + "; check its configuration");
            }
        }
    }

    private static String checked(String text) {
        String secret = text == null ? "" : text.strip();
        if (secret.isEmpty() || secret.chars().anyMatch(Character::isISOControl)) {
            throw new JobException(
                    FailureCode.CREDENTIALS_REFUSED,
                    "the worker has no secret of one line where its configuration says; check that");
        }
        return secret;
    }
}
