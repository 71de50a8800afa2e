package io.deformux.standalone;

import java.net.URI;
import java.nio.file.Path;

/** What a person gives as PATH|URI, as the absolute URI of an event. */
final class Reference {
    private Reference() {}

    static boolean isUri(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*");
    }

    /** A path becomes a {@code file:} URI. */
    static URI of(String text) {
        return isUri(text)
                ? URI.create(text)
                : Path.of(text).toAbsolutePath().normalize().toUri();
    }
}
