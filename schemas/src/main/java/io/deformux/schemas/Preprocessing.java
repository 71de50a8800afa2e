package io.deformux.schemas;

import java.util.Objects;
import java.util.Optional;

/**
 * How scans are prepared for the network: exactly one of the two.
 *
 * @param preset the name of a preset that comes with the software, as {@code amos}
 * @param explicit the values themselves
 */
public record Preprocessing(Optional<String> preset, Optional<ExplicitPreprocessing> explicit) {
    /** A choice; either may be empty but not {@code null}. */
    public Preprocessing {
        Objects.requireNonNull(preset, "preset");
        Objects.requireNonNull(explicit, "explicit");
    }

    /** The preset of that name. */
    public static Preprocessing preset(String name) {
        return new Preprocessing(Optional.of(name), Optional.empty());
    }

    /** These values. */
    public static Preprocessing explicit(ExplicitPreprocessing values) {
        return new Preprocessing(Optional.empty(), Optional.of(values));
    }
}
