package io.deformux.worker.infer.outputs;

import io.deformux.worker.infer.probability.ProbabilityMaps;
import io.deformux.worker.infer.stage.JobWatch;
import java.nio.file.Path;
import java.util.Optional;

/** The entropy of the probabilities as NIfTI; nothing for a scan that no network has seen. */
public final class EntropyOutput implements OneFileOutput {
    @Override
    public OutputRole role() {
        return OutputRole.ENTROPY;
    }

    @Override
    public boolean write(SegmentedScan result, Path file, JobWatch watch) {
        Optional<ProbabilityMaps> maps = result.certainty().maps();
        maps.ifPresent(all -> all.writeEntropy(file));
        return maps.isPresent();
    }
}
