package io.deformux.schemas;

/**
 * The Kafka headers of a record on {@link Topics#DEAD_LETTER} that is no dead letter but says what became of one: it has
 * the dead letter's key and no value. UTF-8 text.
 */
public final class DeadLetterMark {
    /** Which one: its partition and offset on the topic, as {@code 0-17}. */
    public static final String OF = "deformux_dead_letter_mark";
    /** What became of it: {@code replayed} or {@code discarded}. */
    public static final String STATE = "deformux_dead_letter_state";
    /** Since when, RFC 3339 in UTC. */
    public static final String SINCE = "deformux_dead_letter_since";

    private DeadLetterMark() {}
}
