package io.deformux.worker.train.messaging;

/**
 * The names of a training worker's consumer groups.
 *
 * @param folds of the loop that trains folds
 * @param publications of the loop that publishes ensembles
 * @param plan of the plan, see {@code PlanApp}
 */
public record TrainingGroups(String folds, String publications, String plan) {

    /** The three that begin with {@code name}, so that one prefixed ACL covers them. */
    public static TrainingGroups of(String name) {
        return new TrainingGroups(name + "-fold", name + "-publish", name + "-plan");
    }
}
