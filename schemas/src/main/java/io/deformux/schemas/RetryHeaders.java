package io.deformux.schemas;

/** The Kafka headers of a job that waits on {@link Topics#RETRY} or {@link Topics#RETRY_URGENT}, beside its own; UTF-8 text. */
public final class RetryHeaders {
    /** The consumer group that works on it; others leave it alone. */
    public static final String GROUP = "deformux_retry_group";
    /** When it is to be tried again, RFC 3339 in UTC. */
    public static final String DUE = "deformux_retry_due";
    /** How long that was from when it was put off, in ms, a decimal number: so long it waits at most where clocks differ. */
    public static final String WAIT = "deformux_retry_wait";
    /** The time of the record as it first came, in ms since 1970, a decimal number; absent if that has none. */
    public static final String SENT = "deformux_retry_sent";
    /** How often it was started, a decimal number. */
    public static final String ATTEMPTS = "deformux_retry_attempts";
    /** How many of these starts had no end, since the worker died or lost it; a decimal number. */
    public static final String CRASHES = "deformux_retry_crashes";
    /** How often in a row it was put off since its workers lacked something; a decimal number, absent if they did not. */
    public static final String LACK_WAITS = "deformux_retry_lack_waits";
    /** When that began, RFC 3339 in UTC; absent as before. */
    public static final String LACKS_SINCE = "deformux_retry_lacks_since";
    /** The topic from which it was first taken. */
    public static final String TOPIC = "deformux_retry_topic";
    /** The partition there, a decimal number. */
    public static final String PARTITION = "deformux_retry_partition";
    /** Its offset there, a decimal number. */
    public static final String OFFSET = "deformux_retry_offset";

    private RetryHeaders() {}
}
