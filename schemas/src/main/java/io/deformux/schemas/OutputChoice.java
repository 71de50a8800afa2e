package io.deformux.schemas;

import java.util.List;
import java.util.Optional;

/**
 * What is wanted of a job's outputs. What is absent is as the worker is configured.
 *
 * @param classes the model's classes that are wanted, by name; others become background; absent everywhere: all
 * @param statistics those of them that are measured; absent everywhere: all that are wanted
 * @param probabilityGrid the grid of probabilities, entropy and disagreement; absent everywhere: the scan's
 * @param probabilityType how they are stored; absent everywhere: in 8 bits
 * @param radiomics those of the measured classes of which radiomics features are computed, or only {@code all}; absent
 *     everywhere: none
 * @param radiomicsBins with which grey levels: {@code width:N} or {@code count:N}; absent everywhere: {@code width:25} for
 *     models of HU, else {@code count:32}
 * @param roles what is stored besides what the worker stores; absent: nothing else
 */
public record OutputChoice(
        Optional<List<String>> classes,
        Optional<List<String>> statistics,
        Optional<ProbabilityGrid> probabilityGrid,
        Optional<ProbabilityType> probabilityType,
        Optional<List<String>> radiomics,
        Optional<String> radiomicsBins,
        Optional<List<WantedRole>> roles) {
    /** What stands for all classes that are measured. */
    public static final List<String> ALL = List.of("all");

    /** Asks for nothing in particular. */
    public static final OutputChoice NONE = of(Optional.empty(), Optional.empty());

    /** The lists are copied. */
    public OutputChoice {
        classes = classes.map(List::copyOf);
        statistics = statistics.map(List::copyOf);
        radiomics = radiomics.map(List::copyOf);
        roles = roles.map(List::copyOf);
    }

    /** A choice that asks for no roles. */
    public OutputChoice(
            Optional<List<String>> classes,
            Optional<List<String>> statistics,
            Optional<ProbabilityGrid> probabilityGrid,
            Optional<ProbabilityType> probabilityType,
            Optional<List<String>> radiomics,
            Optional<String> radiomicsBins) {
        this(classes, statistics, probabilityGrid, probabilityType, radiomics, radiomicsBins, Optional.empty());
    }

    /** A choice of classes and of those that are measured. */
    public static OutputChoice of(Optional<List<String>> classes, Optional<List<String>> statistics) {
        return new OutputChoice(
                classes, statistics, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * This choice, and another one where this says nothing. Where this names classes or what is measured, the other's lists
     * of what is measured or described are not of these, so of them only {@code all} holds.
     */
    public OutputChoice or(OutputChoice other) {
        boolean named = classes.isPresent() || statistics.isPresent();
        return new OutputChoice(
                classes.or(other::classes),
                statistics.or(() -> named ? Optional.empty() : other.statistics),
                probabilityGrid.or(other::probabilityGrid),
                probabilityType.or(other::probabilityType),
                radiomics.or(() -> other.radiomics.filter(list -> !named || list.equals(ALL))),
                radiomicsBins.or(other::radiomicsBins),
                roles.or(other::roles));
    }

    /** The same with other roles. */
    public OutputChoice withRoles(Optional<List<WantedRole>> other) {
        return new OutputChoice(classes, statistics, probabilityGrid, probabilityType, radiomics, radiomicsBins, other);
    }

    /** What of it holds for a model of other classes: of lists of classes only {@code all}. */
    public OutputChoice ofOtherClasses() {
        return new OutputChoice(
                Optional.empty(),
                Optional.empty(),
                probabilityGrid,
                probabilityType,
                radiomics.filter(ALL::equals),
                radiomicsBins,
                roles);
    }
}
