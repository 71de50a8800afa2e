package io.deformux.results.web;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * An address and what answers there.
 *
 * @param method GET (then HEAD too) or POST
 * @param path with {@code {}} for each part that varies
 * @param right what the caller has to be allowed
 * @param handler what answers
 */
record Route(String method, String path, Right right, Handler handler) {
    /** What a caller has to be allowed. */
    enum Right {
        /** Nothing: what holds no data, as the site itself. */
        NONE,
        /** To look at what is known. */
        READ,
        /** To publish events. */
        WRITE
    }

    /** Answers a call. */
    interface Handler {
        void handle(Call call) throws IOException;
    }

    /** The parts of an address that this route leads to; empty if it does not. */
    Optional<List<String>> match(String rawPath) {
        Pattern pattern = Pattern.compile(Pattern.quote(path).replace("{}", "\\E([^/]+)\\Q"));
        Matcher matcher = pattern.matcher(rawPath);
        return matcher.matches()
                ? Optional.of(IntStream.rangeClosed(1, matcher.groupCount())
                        .mapToObj(i -> Call.decoded(matcher.group(i).replace("+", "%2B")))
                        .toList())
                : Optional.empty();
    }
}
