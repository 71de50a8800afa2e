package io.deformux.worker.infer.outputs;

import java.nio.file.Path;

/** One kind of file that a job stores. */
public interface JobOutput {

    /** Which kind. */
    OutputRole role();

    /**
     * Writes the file.
     *
     * @param result what to write
     * @param file where; does not exist yet
     * @return whether there was anything to write
     * @throws io.deformux.failure.JobException {@code OUTPUT_FAILED} if it cannot be written or does not read back as
     *     written
     */
    boolean write(SegmentedScan result, Path file);
}
