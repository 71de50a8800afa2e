package io.deformux.schemas;

/**
 * What a result should be read with care for.
 *
 * @param code the stable code, of {@link io.deformux.failure.WarningCode}
 * @param message what was seen, for a person; free of patient data
 */
public record ResultWarning(String code, String message) {}
