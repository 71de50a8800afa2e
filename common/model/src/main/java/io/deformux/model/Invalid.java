package io.deformux.model;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;

/** What a package breaks is said as MODEL_INVALID. */
final class Invalid {

    private Invalid() {}

    static JobException model(String message) {
        return new JobException(FailureCode.MODEL_INVALID, message);
    }

    static void unless(boolean condition, String message) {
        if (!condition) {
            throw model(message);
        }
    }
}
