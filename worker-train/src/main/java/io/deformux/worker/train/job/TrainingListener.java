package io.deformux.worker.train.job;

/** Hears how a training goes, on its thread, so it must return quickly. */
public interface TrainingListener {
    /** Hears nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /** A step is done. */
    default void stepped(TrainingProgress progress) {}

    /** A validation is done. */
    default void validated(ValidationScore score) {}
}
