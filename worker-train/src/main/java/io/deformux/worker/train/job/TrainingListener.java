package io.deformux.worker.train.job;

import io.deformux.failure.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Hears how a training goes, on its thread, so it must return quickly; and may end it. */
public interface TrainingListener {
    /** Hears nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * Asked before anything is written that another worker on the fold would see: throws {@code JOB_CANCELLED} if the fold
     * is another worker's, and may wait until that is known.
     */
    default void requireOwned() {}

    /** Whether the fold is surely still this worker's, though it is cancelled. */
    default boolean owned() {
        return true;
    }

    /** A step is done. */
    default void stepped(TrainingProgress progress) {}

    /** A validation is done. */
    default void validated(ValidationScore score) {}

    /** The checkpoint is written, from which the fold goes on elsewhere. */
    default void kept() {}

    /**
     * A stage of a fold's job is over, as {@code read}, {@code prepare}, {@code train} or {@code store}; a stage can have
     * several stretches.
     *
     * @param jobId of the fold
     * @param failure why it failed, if it did
     */
    default void staged(String jobId, String stage, Instant begun, Duration time, Optional<FailureCode> failure) {}

    /** The fold is no longer trained here, whatever came of it. */
    default void ended() {}

    /** This one, then another one. */
    default TrainingListener and(TrainingListener other) {
        TrainingListener first = this;
        return new TrainingListener() {
            @Override
            public void requireOwned() {
                first.requireOwned();
                other.requireOwned();
            }

            @Override
            public boolean owned() {
                return first.owned() && other.owned();
            }

            @Override
            public void stepped(TrainingProgress progress) {
                first.stepped(progress);
                other.stepped(progress);
            }

            @Override
            public void validated(ValidationScore score) {
                first.validated(score);
                other.validated(score);
            }

            @Override
            public void kept() {
                first.kept();
                other.kept();
            }

            @Override
            public void staged(
                    String jobId, String stage, Instant begun, Duration time, Optional<FailureCode> failure) {
                first.staged(jobId, stage, begun, time, failure);
                other.staged(jobId, stage, begun, time, failure);
            }

            @Override
            public void ended() {
                first.ended();
                other.ended();
            }
        };
    }
}
