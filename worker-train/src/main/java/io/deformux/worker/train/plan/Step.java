package io.deformux.worker.train.plan;

import io.deformux.schemas.Event;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link Planner} decides.
 *
 * @param state what is known from now on; empty: nothing
 * @param events what to publish with it, all or none
 */
record Step(Optional<TrainingState> state, List<Event> events) {
    Step {
        events = List.copyOf(events);
    }

    /** Nothing changes and nothing is published. */
    static Step none(Optional<TrainingState> state) {
        return new Step(state, List.of());
    }
}
