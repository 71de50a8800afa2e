package io.deformux.results.state;

import io.deformux.schemas.TrainingCompleted;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A training, as far as events tell.
 *
 * @param id the training
 * @param state what is known last
 * @param changed when that was said
 * @param folds by number
 * @param end its result
 * @param fault why it failed, if it did
 */
public record Training(
        String id,
        Job.State state,
        Instant changed,
        SortedMap<Integer, ShownFold> folds,
        Optional<TrainingCompleted> end,
        Optional<Fault> fault) {
    static Training empty(String id) {
        return new Training(id, Job.State.RUNNING, Instant.EPOCH, new TreeMap<>(), Optional.empty(), Optional.empty());
    }

    ShownFold fold(int number) {
        return folds.getOrDefault(number, ShownFold.empty(number));
    }

    Training with(ShownFold fold, Instant time) {
        SortedMap<Integer, ShownFold> changedFolds = new TreeMap<>(folds);
        changedFolds.put(fold.fold(), fold);
        return new Training(id, state, later(time), changedFolds, end, fault);
    }

    Training with(TrainingCompleted completed, Instant time) {
        SortedMap<Integer, ShownFold> all = new TreeMap<>(folds);
        completed.folds().forEach(one -> all.put(one.fold(), fold(one.fold()).with(one, time)));
        return new Training(id, Job.State.COMPLETED, later(time), all, Optional.of(completed), Optional.empty());
    }

    Training with(Fault why, Instant time) {
        return new Training(id, Job.State.FAILED, later(time), folds, Optional.empty(), Optional.of(why));
    }

    private Instant later(Instant time) {
        return time.isAfter(changed) ? time : changed;
    }
}
