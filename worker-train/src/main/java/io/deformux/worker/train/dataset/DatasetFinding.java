package io.deformux.worker.train.dataset;

import io.deformux.failure.FailureCode;
import java.util.Objects;

/**
 * One thing that a look at a data set has found.
 *
 * @param severity whether a training can go on
 * @param code what kind of thing
 * @param message what it is and what to do
 */
public record DatasetFinding(Severity severity, FailureCode code, String message) {

    /** Whether a training can go on. */
    public enum Severity {
        /** No training is begun. */
        ERROR,
        /** Trained as it is; somebody should know. */
        WARNING
    }

    /** Checks that all is there. */
    public DatasetFinding {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }
}
