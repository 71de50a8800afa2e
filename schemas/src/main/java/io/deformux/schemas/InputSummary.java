package io.deformux.schemas;

import java.util.List;

/**
 * What was found in an input of several files.
 *
 * @param passedOver what was not read, one entry per reason
 */
public record InputSummary(List<PassedOverFiles> passedOver) {
    /** A summary; the list is copied. */
    public InputSummary {
        passedOver = List.copyOf(passedOver);
    }
}
