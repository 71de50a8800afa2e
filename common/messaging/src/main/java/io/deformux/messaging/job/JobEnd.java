package io.deformux.messaging.job;

import io.deformux.failure.FailureCode;
import java.util.Optional;

/**
 * How one start of a job ended.
 *
 * @param outcome what becomes of the job
 * @param code why, unless it is done or was given back
 */
public record JobEnd(Outcome outcome, Optional<FailureCode> code) {
    /** What becomes of a job after a start. */
    public enum Outcome {
        /** It is done and its result published. */
        COMPLETED,
        /** It has failed for good, which is published, and lies in the dead letters. */
        FAILED,
        /** It is tried again, here or after a wait. */
        RETRIED,
        /** It is another worker's, or will be. */
        GIVEN_BACK
    }

    /** An end without a code. */
    public static JobEnd of(Outcome outcome) {
        return new JobEnd(outcome, Optional.empty());
    }

    /** An end that a failure led to. */
    public static JobEnd of(Outcome outcome, FailureCode code) {
        return new JobEnd(outcome, Optional.of(code));
    }
}
