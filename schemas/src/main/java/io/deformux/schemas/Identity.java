package io.deformux.schemas;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The parts of an event that make up its identity, as a text in which they cannot run into each other. */
final class Identity {
    private Identity() {}

    /** A JSON array of the parts. */
    static String of(Object... parts) {
        return new String(Json.write(List.of(parts)), StandardCharsets.UTF_8);
    }
}
