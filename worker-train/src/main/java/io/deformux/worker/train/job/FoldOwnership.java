package io.deformux.worker.train.job;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.storage.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose a fold's folder is: whoever comes last owns it, and says so in {@code .owner}. One before it, who may not have heard
 * yet that its fold is another's, changes nothing any more. One thread.
 */
final class FoldOwnership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FoldOwnership.class);
    private static final String OWNER = ".owner";

    private final Path owner;
    private final Scratch own;

    /** Takes the folder, which is made if it is not there, and deletes what dead workers have left in it. */
    FoldOwnership(Path folder) {
        owner = folder.resolve(OWNER);
        own = FileWork.done("the fold's folder cannot be made", () -> {
            Files.createDirectories(folder);
            Scratch.sweep(folder);
            return Scratch.in(folder);
        });
        try {
            FileWork.done("the fold's folder cannot be taken", () -> {
                FileWork.replace(Files.writeString(own.path().resolve(OWNER), own.id()), owner);
                return owner;
            });
        } catch (JobException e) {
            own.close();
            throw e;
        }
    }

    /** A directory in the folder that is this worker's alone, until it is closed. */
    Path directory() {
        return own.path();
    }

    /** Throws JOB_CANCELLED if the folder is another worker's by now. */
    void require() throws IOException {
        if (!holds()) {
            throw new JobException(
                    FailureCode.JOB_CANCELLED, "another worker has taken this fold; what it writes stays as it is");
        }
    }

    private boolean holds() throws IOException {
        return Files.exists(owner) && Files.readString(owner).equals(own.id());
    }

    /** Gives the folder up, which has no owner then. */
    @Override
    public void close() {
        try {
            FileWork.done("the fold's folder cannot be given up", () -> {
                if (holds()) {
                    Files.deleteIfExists(owner);
                }
                return owner;
            });
        } catch (JobException e) {
            LOG.warn("{}; the next worker takes it all the same", e.getMessage());
        } finally {
            own.close();
        }
    }
}
