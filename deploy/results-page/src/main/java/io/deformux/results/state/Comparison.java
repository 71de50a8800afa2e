package io.deformux.results.state;

import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.ComparisonFailed;
import io.deformux.schemas.FailedNetwork;
import io.deformux.schemas.NetworkFigures;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A comparison of networks that has ended; while it runs, its trainings tell how far it is.
 *
 * @param id the comparison
 * @param changed when its end was said
 * @param end its result
 * @param failed the networks that are not in the table
 * @param fault why it failed, if it did
 */
public record Comparison(
        String id,
        Instant changed,
        Optional<ComparisonCompleted> end,
        List<FailedNetwork> failed,
        Optional<Fault> fault) {
    static Comparison of(ComparisonCompleted end, Instant time) {
        return new Comparison(end.comparisonId(), time, Optional.of(end), end.failed(), Optional.empty());
    }

    static Comparison of(ComparisonFailed end, Instant time) {
        return new Comparison(
                end.comparisonId(),
                time,
                Optional.empty(),
                end.failed(),
                Optional.of(new Fault(end.code(), "", end.message())));
    }

    /** Completed or failed. */
    public Job.State state() {
        return end.isPresent() ? Job.State.COMPLETED : Job.State.FAILED;
    }

    /** The table; none where it failed. */
    public List<NetworkFigures> networks() {
        return end.map(ComparisonCompleted::networks).orElse(List.of());
    }
}
