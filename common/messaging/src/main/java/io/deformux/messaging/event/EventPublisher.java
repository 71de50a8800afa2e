package io.deformux.messaging.event;

import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.PromptProducer;
import io.deformux.messaging.cluster.Refusal;
import io.deformux.messaging.cluster.RefusedRecordException;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.Event;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;

/** Sends single events, as the requests that start jobs. For all threads. */
public final class EventPublisher implements AutoCloseable {
    private static final int MAX_EVENT_BYTES = 256 * 1024;

    private final KafkaConnection connection;
    private final EventRecords records;
    private final KafkaProducer<byte[], byte[]> producer;

    /**
     * A publisher.
     *
     * @param source the CloudEvents source of the events
     * @throws JobException {@code KAFKA_UNAVAILABLE} if the connection cannot be used as it is written
     */
    public EventPublisher(KafkaConnection connection, URI source) {
        this.connection = connection;
        records = new EventRecords(source, MAX_EVENT_BYTES);
        try {
            producer = PromptProducer.open(connection, Map.of("enable.idempotence", true));
        } catch (KafkaException e) {
            throw connection.unavailable(e);
        }
    }

    /**
     * Sends an event to its topic and waits until Kafka has stored it. The event id derives from the event's type and
     * identity.
     *
     * @throws JobException {@code KAFKA_UNAVAILABLE} if Kafka has not confirmed it within 15 s (it may be stored still);
     *     {@code INTERNAL} if the event breaks its schema
     */
    public void publish(Event event) {
        try {
            producer.send(records.write(event)).get();
        } catch (ExecutionException e) {
            throw unavailable(event, e.getCause());
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw unavailable(event, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private JobException unavailable(Event event, Throwable cause) {
        return connection.unavailable(
                Refusal.of(new RefusedRecordException(event.topic(), cause), topic -> AclOperation.WRITE));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
