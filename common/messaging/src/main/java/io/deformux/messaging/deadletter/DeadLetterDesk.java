package io.deformux.messaging.deadletter;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.deadletter.DeadLetter.Mark;
import io.deformux.messaging.event.WholeTopic;
import io.deformux.schemas.DeadLetterMark;
import io.deformux.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Where dead letters are dealt with. One at a time on a cluster: a desk that is opened closes the one before. */
public final class DeadLetterDesk implements AutoCloseable {
    /** The transactional id, for an ACL. */
    public static final String TRANSACTIONAL_ID = "deformux-dead-letters";

    /** The state of a letter that was sent again. */
    static final String REPLAYED = "replayed";

    private static final int TIMEOUT_MS = 15_000;

    private final KafkaConnection connection;
    private final KafkaProducer<byte[], byte[]> producer;
    private final EndedTrainings trainings;

    private DeadLetterDesk(KafkaConnection connection, KafkaProducer<byte[], byte[]> producer) {
        this.connection = connection;
        this.producer = producer;
        this.trainings = new EndedTrainings(connection);
    }

    /**
     * Opens the desk.
     *
     * @throws JobException KAFKA_UNAVAILABLE
     */
    public static DeadLetterDesk open(KafkaConnection connection) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                connection.client(Map.of(
                        "transactional.id",
                        TRANSACTIONAL_ID,
                        "transaction.timeout.ms",
                        TIMEOUT_MS,
                        "max.block.ms",
                        TIMEOUT_MS,
                        "request.timeout.ms",
                        5_000,
                        "delivery.timeout.ms",
                        TIMEOUT_MS,
                        "linger.ms",
                        0)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try {
            producer.initTransactions(); // before any letter is read: no other desk changes one from now on
            return new DeadLetterDesk(connection, producer);
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw unavailable(connection, e);
        }
    }

    /**
     * The letters that fit, from the oldest on. Needs no desk.
     *
     * @throws JobException KAFKA_UNAVAILABLE
     */
    public static List<DeadLetter> list(KafkaConnection connection, DeadLetterFilter filter) {
        Map<String, Mark> marks = new HashMap<>();
        List<ConsumerRecord<byte[], byte[]>> copies = new ArrayList<>();
        WholeTopic.read(connection, Topics.DEAD_LETTER, record -> {
            Optional<String> marked = DeadLetter.markedBy(record);
            if (marked.isPresent()) {
                marks.put(marked.get(), DeadLetter.mark(record));
            } else {
                copies.add(record);
            }
        });
        return copies.stream()
                .map(copy -> DeadLetter.of(copy, Optional.ofNullable(marks.get(DeadLetter.id(copy)))))
                .filter(filter::fits)
                .toList();
    }

    /** The letters that fit, as they are now. */
    public List<DeadLetter> list(DeadLetterFilter filter) {
        return list(connection, filter);
    }

    /**
     * Sends the original record again, as if it were new.
     *
     * @param letter from this desk
     * @throws JobException DEAD_LETTER_REFUSED, with the reason; KAFKA_UNAVAILABLE
     */
    public void replay(DeadLetter letter) {
        requireOpen(letter);
        letter.cut().ifPresent(cut -> {
            throw refused(letter, cut + " of the record could not be kept; send its event again from where it came");
        });
        if (letter.topic().isEmpty()) {
            throw refused(letter, "it does not say from which topic it came");
        }
        trainings.endOf(letter).ifPresent(end -> {
            throw refused(letter, end);
        });
        publish(letter.original(), mark(letter, REPLAYED));
    }

    /**
     * Marks a letter as dealt with.
     *
     * @param letter from this desk
     * @throws JobException DEAD_LETTER_REFUSED, with the reason; KAFKA_UNAVAILABLE
     */
    public void discard(DeadLetter letter) {
        requireOpen(letter);
        publish(mark(letter, "discarded"));
    }

    private static void requireOpen(DeadLetter letter) {
        letter.mark().ifPresent(mark -> {
            throw refused(letter, "it was " + mark.state() + " at " + mark.since());
        });
    }

    private static ProducerRecord<byte[], byte[]> mark(DeadLetter letter, String state) {
        ProducerRecord<byte[], byte[]> mark =
                new ProducerRecord<>(Topics.DEAD_LETTER, letter.copy().key(), null);
        mark.headers().add(DeadLetterMark.OF, bytes(letter.id()));
        mark.headers().add(DeadLetterMark.STATE, bytes(state));
        mark.headers().add(DeadLetterMark.SINCE, bytes(Instant.now().toString()));
        return mark;
    }

    @SafeVarargs
    private void publish(ProducerRecord<byte[], byte[]>... records) {
        try {
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : records) {
                producer.send(record);
            }
            producer.commitTransaction();
        } catch (KafkaException e) {
            producer.close(Duration.ZERO); // what it left open ends with the next desk
            throw unavailable(connection, e);
        }
    }

    private static JobException refused(DeadLetter letter, String why) {
        return new JobException(FailureCode.DEAD_LETTER_REFUSED, "Dead letter " + letter.id() + ": " + why + ".");
    }

    private static JobException unavailable(KafkaConnection connection, KafkaException e) {
        return new JobException(
                FailureCode.KAFKA_UNAVAILABLE,
                "Kafka at " + connection + " does not let dead letters be changed: " + e.getMessage(),
                e);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
