package io.deformux.worker.train.plan;

import io.deformux.failure.JobException;
import io.deformux.schemas.Event;
import java.util.List;
import java.util.Optional;

/**
 * What follows from an event.
 *
 * @param <S> what is known
 * @param state what is known from now on; empty: nothing
 * @param events what to publish with it, all or none
 * @param unused why the event that was taken counts for nothing, if someone should hear of that
 */
record Step<S>(Optional<S> state, List<Event> events, Optional<JobException> unused) {
    Step {
        events = List.copyOf(events);
    }

    Step(Optional<S> state, List<Event> events) {
        this(state, events, Optional.empty());
    }

    /** Nothing changes; a request is answered by its failure, and lies in the dead letters. */
    static <S> Step<S> refused(Optional<S> state, Event answer, JobException why) {
        return new Step<>(state, List.of(answer), Optional.of(why));
    }

    /** Nothing changes; the event counts for nothing. */
    static <S> Step<S> unused(Optional<S> state, Optional<JobException> why) {
        return new Step<>(state, List.of(), why);
    }

    /** Nothing changes and nothing is published. */
    static <S> Step<S> none(Optional<S> state) {
        return new Step<>(state, List.of());
    }
}
