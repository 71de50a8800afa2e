package io.deformux.worker.infer.outputs;

import io.deformux.worker.infer.stage.JobWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An output of one file, which is called as its role says. */
public interface OneFileOutput extends JobOutput {

    /**
     * Writes the file.
     *
     * @param result what to write
     * @param file where; does not exist yet
     * @param watch is asked between parts that take long
     * @return whether there was anything to write
     * @throws io.deformux.failure.JobException as {@link #writeInto}
     */
    boolean write(SegmentedScan result, Path file, JobWatch watch);

    @Override
    default List<WrittenFile> writeInto(SegmentedScan result, Path folder, JobWatch watch) {
        String name = role().fileName();
        Path file = folder.resolve(name);
        return write(result, file, watch) ? List.of(new WrittenFile(role(), Optional.empty(), name, file)) : List.of();
    }
}
