package io.deformux.worker.train.job;

/** Hears how a training goes, on its thread, so it must return quickly. */
public interface TrainingListener {
    /** Hears nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /** A step is done. */
    default void stepped(TrainingProgress progress) {}

    /** A validation is done. */
    default void validated(ValidationScore score) {}

    /** This one, then another one. */
    default TrainingListener and(TrainingListener other) {
        TrainingListener first = this;
        return new TrainingListener() {
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
        };
    }
}
