package io.deformux.testing.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Words that JSON is made of, to be put in anywhere. */
public final class JsonTokens {
    private JsonTokens() {}

    /** Values of every type, brackets, and texts with what must be escaped. */
    public static List<byte[]> all() {
        return Stream.of(("null true false [] {} [[ ]] { } , : \" \"\" \"a\":{} \"a\":1, [null] -1 0 1.5 1e400 -0.0"
                                + " 99999999999999999999 \"..\" \"/\" \"\\u0000\" \"\\ud800\" \\")
                        .split(" "))
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
