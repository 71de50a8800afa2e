package io.deformux.schemas;

import java.util.Objects;
import java.util.Optional;

/**
 * The model that a job asks for.
 *
 * @param name the model's name
 * @param version its version; absent: the newest
 */
public record ModelReference(String name, Optional<String> version) {
    /** A reference; the version may be empty but not {@code null}. */
    public ModelReference {
        Objects.requireNonNull(version, "version");
    }
}
