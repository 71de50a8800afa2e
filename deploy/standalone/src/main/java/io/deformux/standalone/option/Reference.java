package io.deformux.standalone.option;

import java.net.URI;
import java.nio.file.Path;

/** What a person gives as PATH|URI, as the absolute URI of an event. */
public final class Reference {
    private Reference() {}

    /** Whether a text is a URI, not a path. */
    public static boolean isUri(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
    }

    /** A path becomes a {@code file:} URI. */
    public static URI of(String text) {
        return isUri(text)
                ? URI.create(text)
                : Path.of(text).toAbsolutePath().normalize().toUri();
    }
}
