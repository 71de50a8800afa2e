package io.deformux.messaging.deadletter;

import io.deformux.schemas.DeadLetterHeaders;
import io.deformux.schemas.DeadLetterMark;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that no worker will try again, as it lies on the dead-letter topic.
 *
 * @param id its partition and offset there, as {@code 0-17}
 * @param code the stable code of the reason
 * @param message the reason for a person
 * @param topic the topic from which it came
 * @param partition the partition there
 * @param offset the offset there
 * @param attempts how often its job was started
 * @param time when it was given up
 * @param job its key, which is the id of its job or training; empty if it has none
 * @param mark what became of it since; empty: nothing yet
 * @param copy all of it
 */
public record DeadLetter(
        String id,
        String code,
        String message,
        String topic,
        long partition,
        long offset,
        long attempts,
        Instant time,
        Optional<String> job,
        Optional<Mark> mark,
        ConsumerRecord<byte[], byte[]> copy) {
    private static final String OURS = "deformux_dead_letter_";

    /**
     * What became of a letter.
     *
     * @param state {@code replayed} or {@code discarded}
     * @param since when
     */
    public record Mark(String state, String since) {}

    /** What the headers say; where they say nothing, that. */
    static DeadLetter of(ConsumerRecord<byte[], byte[]> copy, Optional<Mark> mark) {
        return new DeadLetter(
                id(copy),
                text(copy, DeadLetterHeaders.CODE).orElse("UNKNOWN"),
                text(copy, DeadLetterHeaders.MESSAGE).orElse(""),
                text(copy, DeadLetterHeaders.TOPIC).orElse(""),
                number(copy, DeadLetterHeaders.PARTITION),
                number(copy, DeadLetterHeaders.OFFSET),
                number(copy, DeadLetterHeaders.ATTEMPTS),
                time(copy),
                Optional.ofNullable(copy.key()).map(key -> new String(key, StandardCharsets.UTF_8)),
                mark,
                copy);
    }

    static String id(ConsumerRecord<byte[], byte[]> copy) {
        return copy.partition() + "-" + copy.offset();
    }

    /** The letter that a record marks, if it is a mark. */
    static Optional<String> markedBy(ConsumerRecord<byte[], byte[]> record) {
        return text(record, DeadLetterMark.OF);
    }

    static Mark mark(ConsumerRecord<byte[], byte[]> record) {
        return new Mark(
                text(record, DeadLetterMark.STATE).orElse(""),
                text(record, DeadLetterMark.SINCE).orElse(""));
    }

    /** The headers of the record as it came, as text. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : original().headers()) {
            headers.put(header.key(), header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    /** Its value as text; empty if it had none or that was not kept. */
    public Optional<String> value() {
        return Optional.ofNullable(copy.value()).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /** The original record, for the topic from which it came. */
    ProducerRecord<byte[], byte[]> original() {
        ProducerRecord<byte[], byte[]> original = new ProducerRecord<>(topic, copy.key(), copy.value());
        for (Header header : copy.headers()) {
            if (!header.key().startsWith(OURS)) {
                original.headers().add(header);
            }
        }
        return original;
    }

    private static Instant time(ConsumerRecord<byte[], byte[]> copy) {
        try {
            return text(copy, DeadLetterHeaders.TIME)
                    .map(Instant::parse)
                    .orElse(Instant.ofEpochMilli(Math.max(0, copy.timestamp())));
        } catch (DateTimeException e) {
            return Instant.ofEpochMilli(Math.max(0, copy.timestamp()));
        }
    }

    private static long number(ConsumerRecord<byte[], byte[]> copy, String name) {
        return text(copy, name)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .orElse(0L);
    }

    private static Optional<String> text(ConsumerRecord<byte[], byte[]> copy, String name) {
        return Optional.ofNullable(copy.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
