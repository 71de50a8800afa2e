package io.deformux.worker.train.plan;

import io.deformux.failure.JobException;
import io.deformux.schemas.Event;
import java.util.Optional;

/**
 * What follows from events, given what is known. Keeps nothing, so that it is the same on every worker; safe to share.
 *
 * @param <S> what is known
 */
interface Decisions<S extends Tracked<S>> {
    /** What follows from an event of the contract. */
    Step<S> take(Optional<S> known, Event event, long nowMs);

    /** What follows from the time that has passed. */
    Step<S> age(String id, S state, long nowMs);

    /** The failure to publish where what follows cannot be. */
    Event failed(String id, S state, JobException cause);
}
