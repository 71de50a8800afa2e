package io.deformux.schemas;

import java.util.List;
import java.util.Optional;

/**
 * What is wanted of a job's outputs. What is absent is as the worker is configured.
 *
 * @param classes the model's classes that are wanted, by name; others become background; absent everywhere: all
 * @param statistics those of them that are measured; absent everywhere: all that are wanted
 */
public record OutputChoice(Optional<List<String>> classes, Optional<List<String>> statistics) {
    /** Asks for nothing in particular. */
    public static final OutputChoice NONE = new OutputChoice(Optional.empty(), Optional.empty());

    /** The lists are copied. */
    public OutputChoice {
        classes = classes.map(List::copyOf);
        statistics = statistics.map(List::copyOf);
    }

    /** This choice, and another one where this says nothing. */
    public OutputChoice or(OutputChoice other) {
        return new OutputChoice(classes.or(other::classes), statistics.or(other::statistics));
    }
}
