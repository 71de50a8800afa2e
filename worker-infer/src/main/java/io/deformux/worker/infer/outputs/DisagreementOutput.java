package io.deformux.worker.infer.outputs;

import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.worker.infer.probability.ProbabilityMaps;
import io.deformux.worker.infer.stage.JobWatch;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the members of an ensemble disagree about as NIfTI. Of a model of one network there is none, and the result says so: a map
 * of zeros would look as if several had agreed. Nothing for a scan that no network has seen.
 */
public final class DisagreementOutput implements OneFileOutput {
    @Override
    public OutputRole role() {
        return OutputRole.DISAGREEMENT;
    }

    @Override
    public Optional<Warning> leftOut(SegmentedScan result) {
        return result.certainty().ofOneNetwork()
                ? Optional.of(new Warning(
                        WarningCode.DISAGREEMENT_OF_ONE_NETWORK,
                        "the model has one network, which disagrees with nobody; there is no map of disagreement: use an"
                                + " ensemble, or look at the entropy"))
                : Optional.empty();
    }

    @Override
    public boolean write(SegmentedScan result, Path file, JobWatch watch) {
        Optional<ProbabilityMaps> maps = result.certainty().maps();
        maps.ifPresent(all -> all.writeDisagreement(file));
        return maps.isPresent();
    }
}
