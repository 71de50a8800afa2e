package io.deformux.worker.train.plan;

/**
 * What is known of something that has been asked for.
 *
 * @param <S> the kind itself
 */
interface Tracked<S> {
    /** Where it is, for the log. */
    String phaseName();

    /** After the outcome: what tells a repeated request, and no more. */
    S ended(long nowMs);
}
