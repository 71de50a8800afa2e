package io.deformux.worker.infer.probability;

import java.util.Optional;

/**
 * What is known of how sure the network was of a result. It owns the maps; close it.
 *
 * @param doubts by label; empty if no network was asked
 * @param maps those that were wished for and that there are
 */
public record Certainty(Optional<DoubtSums> doubts, Optional<ProbabilityMaps> maps) implements AutoCloseable {
    /** Of a result that no network has made, such as one of a scan without anything in it. */
    public static final Certainty UNKNOWN = new Certainty(Optional.empty(), Optional.empty());

    /** Of a label, if it is known. */
    public Optional<LabelDoubt> of(int label) {
        return doubts.flatMap(sums -> sums.of(label));
    }

    /** Whether there was one network only, so that nobody disagreed. */
    public boolean ofOneNetwork() {
        return doubts.isPresent() && !doubts.get().ofEnsemble();
    }

    @Override
    public void close() {
        maps.ifPresent(ProbabilityMaps::close);
    }
}
