package io.deformux.results.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file that a request asks for (RFC 9110, section 14).
 *
 * @param from its first byte
 * @param end the byte behind its last one
 */
record ByteRange(long from, long end) {
    private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /**
     * The range of a header; empty where it has several or none that is understood, so that the whole file is the answer.
     *
     * @throws RefusedCallException 416 if it lies outside the file
     */
    static Optional<ByteRange> of(String header, long size) {
        Matcher matcher = ONE.matcher(header.strip());
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return Optional.empty();
        }
        ByteRange range;
        if (matcher.group(1).isEmpty()) {
            range = new ByteRange(Math.max(0, size - Long.parseLong(matcher.group(2))), size);
        } else {
            long from = Long.parseLong(matcher.group(1));
            long last = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
            range = new ByteRange(from, Math.min(size, last + 1));
        }
        if (range.from >= range.end) {
            throw new RefusedCallException(416, "RANGE_OUTSIDE", "the file has " + size + " bytes");
        }
        return Optional.of(range);
    }
}
