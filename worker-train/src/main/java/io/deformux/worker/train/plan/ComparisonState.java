package io.deformux.worker.train.plan;

import io.deformux.schemas.FailedNetwork;
import io.deformux.schemas.TrainedNetwork;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is known of one comparison.
 *
 * @param requestSha256 the digest of its request
 * @param networks in the order of the request
 * @param seed of the request
 * @param output where the table goes
 * @param phase where it is
 * @param requestedAtMs when the request was taken, ms since 1970-01-01 UTC
 * @param changedAtMs when this last changed
 */
record ComparisonState(
        String requestSha256,
        List<PlannedNetwork> networks,
        long seed,
        URI output,
        Phase phase,
        long requestedAtMs,
        long changedAtMs)
        implements Tracked<ComparisonState> {

    /** Where a comparison is. */
    enum Phase {
        /** Its trainings are on their way. */
        TRAINING,
        /** All trainings have ended; a worker is to make the table. */
        COMPARING,
        /** Its outcome is published. */
        ENDED
    }

    ComparisonState {
        networks = List.copyOf(networks);
    }

    /** The network that waits for that outcome. */
    Optional<PlannedNetwork> awaiting(String trainingId, String sha256) {
        return networks.stream()
                .filter(network -> phase == Phase.TRAINING && network.awaits(trainingId, sha256))
                .findFirst();
    }

    /** With one network changed, and in the next phase if it was the last. */
    ComparisonState with(PlannedNetwork network, UnaryOperator<PlannedNetwork> change, long nowMs) {
        List<PlannedNetwork> changed = networks.stream()
                .map(each -> each.equals(network) ? change.apply(each) : each)
                .toList();
        boolean all = changed.stream().allMatch(PlannedNetwork::hasEnded);
        return new ComparisonState(
                requestSha256, changed, seed, output, all ? Phase.COMPARING : Phase.TRAINING, requestedAtMs, nowMs);
    }

    List<TrainedNetwork> trained() {
        return networks.stream().flatMap(network -> network.trained().stream()).toList();
    }

    List<FailedNetwork> failed() {
        return networks.stream().flatMap(network -> network.failed().stream()).toList();
    }

    @Override
    public String phaseName() {
        return phase.name();
    }

    @Override
    public ComparisonState ended(long nowMs) {
        return new ComparisonState(requestSha256, List.of(), seed, output, Phase.ENDED, requestedAtMs, nowMs);
    }
}
