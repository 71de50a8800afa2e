package io.deformux.routing;

import java.util.List;

/**
 * Which series go to which models.
 *
 * @param when what it asks of a series
 * @param jobs what is done with those that it takes, of different models or versions
 */
public record Rule(Condition when, List<WantedJob> jobs) {
    /** Checks that there is something to do, and nothing twice. */
    public Rule {
        jobs = List.copyOf(jobs);
        if (jobs.isEmpty()) {
            throw new IllegalArgumentException("a rule needs a model");
        }
        if (jobs.stream().map(WantedJob::model).distinct().count() < jobs.size()) {
            throw new IllegalArgumentException("a rule has a model of the same version twice");
        }
    }

    /** A rule that takes every series. */
    public static Rule everything(WantedJob job) {
        return new Rule(new Condition.All(List.of()), List.of(job));
    }
}
