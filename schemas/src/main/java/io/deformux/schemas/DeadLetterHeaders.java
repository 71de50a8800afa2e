package io.deformux.schemas;

/** The Kafka headers that a record gets on its way to {@link Topics#DEAD_LETTER}, beside its own; UTF-8 text. */
public final class DeadLetterHeaders {
    /** Why no worker will try it again: a stable code, as {@code EVENT_INVALID}. */
    public static final String CODE = "deformux_dead_letter_code";
    /** The same for a person; names the JSON pointer of an offending value, never the value. */
    public static final String MESSAGE = "deformux_dead_letter_message";
    /** The topic from which the record came. */
    public static final String TOPIC = "deformux_dead_letter_topic";
    /** The partition from which it came, a decimal number. */
    public static final String PARTITION = "deformux_dead_letter_partition";
    /** Its offset there, a decimal number. */
    public static final String OFFSET = "deformux_dead_letter_offset";
    /** How often the job was started; 0 where no job could be read. A decimal number. */
    public static final String ATTEMPTS = "deformux_dead_letter_attempts";
    /** When it was given up, RFC 3339 in UTC. */
    public static final String TIME = "deformux_dead_letter_time";
    /**
     * What was left out because the copy was larger than Kafka takes: {@code value}, then {@code value,headers}, then
     * {@code value,headers,key}; absent if the copy is whole. The record itself is where topic, partition and offset say,
     * as long as its topic keeps it.
     */
    public static final String CUT = "deformux_dead_letter_cut";

    private static final String PREFIX = "deformux_dead_letter_";

    private DeadLetterHeaders() {}

    /** Whether a header is one of these, and not the record's own. */
    public static boolean isOne(String name) {
        return name.startsWith(PREFIX);
    }
}
