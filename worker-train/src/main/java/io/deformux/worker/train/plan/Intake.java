package io.deformux.worker.train.plan;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.ComparisonRequested;
import io.deformux.schemas.Event;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import io.deformux.storage.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts aside what is no event of its topic, and keys what is by its training or comparison. For a Kafka Streams thread.
 *
 * <p>Whoever sent an unreadable request waits for an answer under the id of its training or comparison, which is the
 * record's key.
 */
final class Intake extends ContextualProcessor<byte[], byte[], byte[], Routed> {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final int MOST_OF_COMPARISON_ID = 60;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final EventRecords records;
    private final Letters letters;
    private final TopicNames names;

    Intake(EventRecords records, Letters letters, TopicNames names) {
        this.names = names;
        this.records = records;
        this.letters = letters;
    }

    @Override
    public void process(Record<byte[], byte[]> streamed) {
        ConsumerRecord<byte[], byte[]> received = Routed.received(
                streamed, streamed.value(), context().recordMetadata().orElseThrow());
        try {
            toPlanning(received, streamed.timestamp());
        } catch (JobException e) {
            unreadable(received, e);
        } catch (KafkaException e) { // not the record's fault
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("An event cannot be used", e);
            setAside(
                    received,
                    new JobException(
                            FailureCode.INTERNAL,
                            "The event cannot be used (" + e.getClass().getSimpleName()
                                    + "); the log of the worker has the details.",
                            e));
        }
    }

    /** Written anew, since what came with the event (headers, layout) may be too large for one more topic. */
    private void toPlanning(ConsumerRecord<byte[], byte[]> received, long timestamp) {
        Event event = records.read(received).event();
        if (!names.of(event.topic()).equals(received.topic())) {
            throw new JobException(
                    FailureCode.EVENT_TYPE_UNKNOWN, "The type " + event.type() + " means nothing on this topic.");
        }
        ProducerRecord<byte[], byte[]> made = records.write(event);
        Place.of(received).putInto(made.headers());
        for (byte[] key : Addressee.keysOf(event)) {
            context().forward(new Record<>(key, new Routed(Routed.PLANNING, made.value()), timestamp, made.headers()));
        }
    }

    /** Of requests to end a job, which all workers read, those who end jobs tell what they cannot read. */
    private void unreadable(ConsumerRecord<byte[], byte[]> received, JobException reason) {
        if (!names.contract(received.topic()).equals(Topics.JOB_CANCEL)) {
            setAside(received, reason);
        }
    }

    private void setAside(ConsumerRecord<byte[], byte[]> received, JobException reason) {
        LOG.warn(
                "{}-{}@{} goes to the dead letters: {} {}",
                received.topic(),
                received.partition(),
                received.offset(),
                reason.code(),
                reason.getMessage());
        context().forward(letters.of(received, reason, context().currentSystemTimeMs()));
        answer(received, reason);
    }

    private void answer(ConsumerRecord<byte[], byte[]> received, JobException reason) {
        if (!names.contract(received.topic()).equals(Topics.TRAINING_REQUESTED) || received.key() == null) {
            return;
        }
        String key = new String(received.key(), StandardCharsets.UTF_8);
        if (ID.matcher(key).matches() && key.length() <= longest(received)) {
            byte[] value = received.value() == null ? new byte[0] : received.value();
            Event failed = isComparison(received)
                    ? ComparisonPlanner.refused(key, Digest.of(value), reason)
                    : Planner.refused(key, Digest.of(value), reason, Optional.empty());
            context().forward(Routed.out(records.write(failed), context().currentSystemTimeMs()));
        }
    }

    private static int longest(ConsumerRecord<byte[], byte[]> received) {
        return isComparison(received) ? MOST_OF_COMPARISON_ID : Integer.MAX_VALUE;
    }

    /** As far as its headers tell; what cannot be read in structured mode counts as a training. */
    private static boolean isComparison(ConsumerRecord<byte[], byte[]> received) {
        Header type = received.headers().lastHeader("ce_type");
        return type != null
                && type.value() != null
                && new String(type.value(), StandardCharsets.UTF_8).equals(ComparisonRequested.TYPE);
    }
}
