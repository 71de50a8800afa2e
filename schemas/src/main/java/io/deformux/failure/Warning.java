package io.deformux.failure;

import java.util.Objects;

/**
 * What a result should be read with care for.
 *
 * @param code the stable code
 * @param message what was seen, for people; without patient data and names of files
 */
public record Warning(WarningCode code, String message) {
    /** Checks that both parts are there. */
    public Warning {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }
}
