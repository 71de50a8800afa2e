package io.deformux.worker.train.job;

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
            public void ended() {
                first.ended();
                other.ended();
            }
        };
    }
}
