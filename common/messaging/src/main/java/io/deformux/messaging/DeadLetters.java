package io.deformux.messaging;

import io.deformux.failure.JobException;
import io.deformux.failure.Reason;
import io.deformux.schemas.DeadLetterHeaders;
import io.deformux.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Copies of records that no worker will try again, with the reason in {@link DeadLetterHeaders}. */
public final class DeadLetters {
    /** A value above this is left out, so that the copy fits into Kafka's default limit of 1 MiB per record. */
    static final int MAX_VALUE_BYTES = 900_000;

    private DeadLetters() {}

    /** Key, value and headers of a record as they came, and what is wrong with it; no job was started. */
    public static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> original, JobException reason) {
        return copy(original, reason, 0);
    }

    /** The same of a job that was started {@code attempts} times. */
    static ProducerRecord<byte[], byte[]> copy(
            ConsumerRecord<byte[], byte[]> original, JobException reason, int attempts) {
        Reason told = Reason.of(reason);
        boolean tooLarge = original.value() != null && original.value().length > MAX_VALUE_BYTES;
        ProducerRecord<byte[], byte[]> copy =
                new ProducerRecord<>(Topics.DEAD_LETTER, original.key(), tooLarge ? null : original.value());
        for (Header header : original.headers()) {
            copy.headers().add(header);
        }
        put(copy, DeadLetterHeaders.CODE, told.code());
        put(copy, DeadLetterHeaders.MESSAGE, told.message());
        put(copy, DeadLetterHeaders.TOPIC, original.topic());
        put(copy, DeadLetterHeaders.PARTITION, Integer.toString(original.partition()));
        put(copy, DeadLetterHeaders.OFFSET, Long.toString(original.offset()));
        put(copy, DeadLetterHeaders.ATTEMPTS, Integer.toString(attempts));
        put(copy, DeadLetterHeaders.TIME, Instant.now().toString());
        return copy;
    }

    private static void put(ProducerRecord<byte[], byte[]> copy, String name, String value) {
        copy.headers().remove(name); // a record that was sent again from the dead letters has them already
        copy.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
