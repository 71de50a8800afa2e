package io.deformux.worker.infer.outputs;

import io.deformux.failure.Warning;
import io.deformux.worker.infer.stage.JobWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One kind of output that a job stores. */
public interface JobOutput {

    /** Which kind. */
    OutputRole role();

    /** What to say where a result has none of this kind though it could have, such as one that is too large. */
    default Optional<Warning> leftOut(SegmentedScan result) {
        return Optional.empty();
    }

    /** The result as it can be written: without the parts that this kind leaves out, and with a warning of each. */
    default SegmentedScan fitting(SegmentedScan result) {
        return result;
    }

    /**
     * Writes what there is to write; not called where {@link #leftOut} said why there is none.
     *
     * @param result what to write
     * @param folder where; has no file of this kind yet
     * @param watch is asked between parts that take long, such as the files of two classes
     * @return the files, none if there was nothing to write
     * @throws io.deformux.failure.JobException {@code OUTPUT_FAILED} if it cannot be written or does not read back as
     *     written
     */
    List<WrittenFile> writeInto(SegmentedScan result, Path folder, JobWatch watch);
}
