package io.deformux.pacs;

import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;

/** Where a feed begins that has no place yet. */
public sealed interface FeedStart {
    /** With the archive's first change. */
    record Beginning() implements FeedStart {}

    /** With what changes from now on. */
    record Now() implements FeedStart {}

    /** With the first change of a day, in UTC as Orthanc dates its changes, or after it. */
    record Day(LocalDate first) implements FeedStart {}

    /**
     * Reads {@code beginning}, {@code now} or a date as 2026-03-01.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static FeedStart parse(String text) {
        return switch (text) {
            case "beginning" -> new Beginning();
            case "now" -> new Now();
            default -> day(text);
        };
    }

    private static FeedStart day(String text) {
        try {
            return new Day(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a feed starts from beginning, now, or a date as 2026-03-01", e);
        }
    }

    /** The change behind which the feed begins, 0 too; empty: with the first, whenever it is asked. */
    default OptionalLong place(Orthanc orthanc) throws IOException, InterruptedException {
        if (this instanceof Now) {
            return OptionalLong.of(orthanc.lastChange());
        }
        if (this instanceof Day day) {
            return OptionalLong.of(orthanc.lastChangeBefore(day.first().format(DateTimeFormatter.BASIC_ISO_DATE)));
        }
        return OptionalLong.empty();
    }
}
