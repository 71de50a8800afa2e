package io.deformux.worker.train.dataset;

import java.util.List;

/**
 * A split that comes with the data.
 *
 * @param train case ids
 * @param validation case ids
 */
public record GivenFold(List<String> train, List<String> validation) {

    /** Keeps copies. */
    public GivenFold {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
    }
}
