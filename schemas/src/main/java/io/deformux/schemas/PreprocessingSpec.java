package io.deformux.schemas;

import java.util.Objects;
import java.util.Optional;

/**
 * How scans are prepared for the network: exactly one of the two.
 *
 * @param preset the name of a preset that comes with the software, as {@code amos}
 * @param explicit the values themselves
 */
public record PreprocessingSpec(Optional<String> preset, Optional<ExplicitPreprocessing> explicit) {
    /** A choice; either may be empty but not {@code null}. */
    public PreprocessingSpec {
        Objects.requireNonNull(preset, "preset");
        Objects.requireNonNull(explicit, "explicit");
    }

    /** The preset of that name. */
    public static PreprocessingSpec preset(String name) {
        return new PreprocessingSpec(Optional.of(name), Optional.empty());
    }

    /** These values. */
    public static PreprocessingSpec explicit(ExplicitPreprocessing values) {
        return new PreprocessingSpec(Optional.empty(), Optional.of(values));
    }
}
