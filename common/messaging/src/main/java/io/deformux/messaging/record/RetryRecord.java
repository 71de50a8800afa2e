package io.deformux.messaging.record;

import io.deformux.schemas.RetryHeaders;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * A job on the retry topic: the record as it first came, with what has to be known of it in {@link RetryHeaders}. What
 * its headers lack, as where somebody else wrote it, is taken to be nothing: due now, never started, first taken here.
 */
public final class RetryRecord {
    /** Below the 1 MiB that Kafka takes by default: more would be refused for ever. */
    private static final long MOST_BYTES = 1_040_000;

    /** Nobody puts a job off for longer. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(2);

    /** Times from here on are mistakes. */
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private static final String OURS = "deformux_retry_";

    private final ConsumerRecord<byte[], byte[]> waiting;

    private RetryRecord(ConsumerRecord<byte[], byte[]> waiting) {
        this.waiting = waiting;
    }

    /** The waiting job of a record, if it is of a retry topic. */
    public static Optional<RetryRecord> in(ConsumerRecord<byte[], byte[]> polled, TopicNames names) {
        return Topics.isRetry(names.contract(polled.topic())) ? Optional.of(new RetryRecord(polled)) : Optional.empty();
    }

    /**
     * What to publish so that a job waits.
     *
     * @param topic on which it waits
     * @param original as it first came
     * @param partition of that topic; empty: as its key falls
     */
    public static ProducerRecord<byte[], byte[]> of(
            String topic,
            ConsumerRecord<byte[], byte[]> original,
            String group,
            Prior prior,
            Instant due,
            OptionalInt partition) {
        ProducerRecord<byte[], byte[]> made = new ProducerRecord<>(
                topic,
                partition.isPresent() ? partition.getAsInt() : null,
                original.key(),
                original.value(),
                original.headers());
        put(made, RetryHeaders.GROUP, group);
        put(made, RetryHeaders.DUE, due.toString());
        long wait = Math.max(0, Duration.between(Instant.now(), due).toMillis());
        put(made, RetryHeaders.WAIT, Long.toString(wait));
        if (original.timestamp() >= 0) {
            put(made, RetryHeaders.SENT, Long.toString(original.timestamp()));
        }
        put(made, RetryHeaders.ATTEMPTS, Integer.toString(prior.attempts()));
        put(made, RetryHeaders.CRASHES, Integer.toString(prior.crashes()));
        if (prior.lacksSince().isPresent()) {
            put(made, RetryHeaders.LACK_WAITS, Integer.toString(prior.lackWaits()));
            put(made, RetryHeaders.LACKS_SINCE, prior.lacksSince().get().toString());
        }
        put(made, RetryHeaders.TOPIC, original.topic());
        put(made, RetryHeaders.PARTITION, Integer.toString(original.partition()));
        put(made, RetryHeaders.OFFSET, Long.toString(original.offset()));
        return made;
    }

    /** Whether Kafka takes it; what is too large cannot wait. */
    public static boolean fits(ProducerRecord<byte[], byte[]> made) {
        long bytes = length(made.key()) + length(made.value());
        for (Header header : made.headers()) {
            bytes += header.key().length() + length(header.value()) + 8L;
        }
        return bytes < MOST_BYTES;
    }

    /** The group that works on it; empty if nobody does. */
    public Optional<String> group() {
        return text(RetryHeaders.GROUP);
    }

    /**
     * How much longer it is to wait; no longer than it was put off for, by however much the clock here differs from that of
     * who did so. A due time that nobody sets is a mistake, which must not hold up what is behind.
     *
     * @return zero if it is due
     */
    public Duration left(Instant now) {
        Duration left = Duration.between(now, due());
        Duration whole = Duration.ofMillis(number(RetryHeaders.WAIT, "[0-9]{1,18}", 0));
        boolean isTold = text(RetryHeaders.WAIT).isPresent();
        boolean isMistake = (isTold ? whole : left).compareTo(LONGEST_WAIT) >= 0;
        if (left.isNegative() || isMistake) {
            return Duration.ZERO;
        }
        return isTold && whole.compareTo(left) < 0 ? whole : left;
    }

    /** When it is to be tried again, by the clock of who put it off. */
    public Instant due() {
        return time(RetryHeaders.DUE).orElse(Instant.EPOCH);
    }

    /** None where nobody can have meant it, so that waits can be added to it. */
    private Optional<Instant> time(String name) {
        try {
            return text(name).map(Instant::parse).filter(time -> time.isAfter(Instant.EPOCH) && time.isBefore(LATEST));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The starts so far. */
    public Prior prior() {
        return new Prior(
                number(RetryHeaders.ATTEMPTS, 0),
                number(RetryHeaders.CRASHES, 0),
                number(RetryHeaders.LACK_WAITS, 0),
                time(RetryHeaders.LACKS_SINCE));
    }

    /** The record as it first came: its own headers, topic, partition and offset. */
    public ConsumerRecord<byte[], byte[]> original() {
        Headers headers = new RecordHeaders();
        for (Header header : waiting.headers()) {
            if (!header.key().startsWith(OURS)) {
                headers.add(header);
            }
        }
        return new ConsumerRecord<>(
                text(RetryHeaders.TOPIC).orElse(waiting.topic()),
                number(RetryHeaders.PARTITION, waiting.partition()),
                number(RetryHeaders.OFFSET, "[0-9]{1,18}", waiting.offset()),
                number(RetryHeaders.SENT, "[0-9]{1,18}", waiting.timestamp()),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                waiting.key(),
                waiting.value(),
                headers,
                Optional.empty());
    }

    private int number(String name, int otherwise) {
        return (int) number(name, "[0-9]{1,9}", otherwise);
    }

    private long number(String name, String form, long otherwise) {
        return text(name).filter(text -> text.matches(form)).map(Long::valueOf).orElse(otherwise);
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(waiting.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private static void put(ProducerRecord<byte[], byte[]> made, String name, String value) {
        made.headers().remove(name);
        made.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /**
     * What a job has behind it when its record is taken.
     *
     * @param attempts how often it was started
     * @param crashes how many of these starts had no end
     * @param lackWaits how often it was put off in a row since its workers lacked something
     * @param lacksSince when that began; empty: they did not
     */
    public record Prior(int attempts, int crashes, int lackWaits, Optional<Instant> lacksSince) {
        public static final Prior NONE = new Prior(0, 0);

        /** Of a job whose workers had what they need. */
        public Prior(int attempts, int crashes) {
            this(attempts, crashes, 0, Optional.empty());
        }
    }
}
