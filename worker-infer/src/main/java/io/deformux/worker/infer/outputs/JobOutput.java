package io.deformux.worker.infer.outputs;

import io.deformux.failure.Warning;
import java.nio.file.Path;
import java.util.Optional;

/** One kind of file that a job stores. */
public interface JobOutput {

    /** Which kind. */
    OutputRole role();

    /** What to say where a result has none of this kind though it could have, such as one that is too large. */
    default Optional<Warning> leftOut(SegmentedScan result) {
        return Optional.empty();
    }

    /**
     * Writes the file; not called where {@link #leftOut} said why there is none.
     *
     * @param result what to write
     * @param file where; does not exist yet
     * @return whether there was anything to write
     * @throws io.deformux.failure.JobException {@code OUTPUT_FAILED} if it cannot be written or does not read back as
     *     written
     */
    boolean write(SegmentedScan result, Path file);
}
