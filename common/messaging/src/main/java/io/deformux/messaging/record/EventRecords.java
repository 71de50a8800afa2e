package io.deformux.messaging.record;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.Event;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.InvalidEventException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Events to Kafka records in binary mode, and records in binary or structured mode to events. For all threads. */
public final class EventRecords {
    private final EventCodec codec = new EventCodec();
    private final URI source;
    private final int mostRead;
    private final int mostWritten;

    /**
     * @param source the CloudEvents source of written events
     * @param maxBytes the largest value that is read or written
     */
    public EventRecords(URI source, int maxBytes) {
        this(source, maxBytes, maxBytes);
    }

    /**
     * @param source the CloudEvents source of written events
     * @param mostRead bytes of the largest value that is read
     * @param mostWritten bytes of the largest value that is written
     */
    public EventRecords(URI source, int mostRead, int mostWritten) {
        this.source = source;
        this.mostRead = mostRead;
        this.mostWritten = mostWritten;
    }

    /** A record whose event id derives from type and identity, so that a repeated result repeats its id. */
    public ProducerRecord<byte[], byte[]> write(Event event) {
        return write(event, id(event.type(), event.identity()));
    }

    /**
     * A record of a failure, which does not say what was asked for: its event id derives from the request too, so that two
     * requests under one key that fail alike are told apart.
     */
    public ProducerRecord<byte[], byte[]> writeFailure(Event failed, Event request) {
        return write(failed, id(failed.type(), failed.identity(), request.identity()));
    }

    private static UUID id(String... parts) {
        return UUID.nameUUIDFromBytes(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
    }

    /** A record with an event id of its own, for events of which there are many of one type and key. */
    public ProducerRecord<byte[], byte[]> writeOneOfMany(Event event) {
        return write(event, UUID.randomUUID());
    }

    private ProducerRecord<byte[], byte[]> write(Event event, UUID id) {
        ProducerRecord<byte[], byte[]> written;
        try {
            CloudEvent envelope = codec.encode(event, id.toString(), source, OffsetDateTime.now(ZoneOffset.UTC));
            written = KafkaMessageFactory.createWriter(
                            event.topic(), event.key().getBytes(StandardCharsets.UTF_8))
                    .writeBinary(envelope);
        } catch (InvalidEventException e) {
            if (e.reason() == InvalidEventException.Reason.TOO_LARGE) {
                throw tooLarge(e.getMessage());
            }
            throw new JobException(
                    FailureCode.INTERNAL, "The event to publish breaks its schema: " + e.getMessage(), e);
        }
        if (written.value().length > mostWritten) {
            throw tooLarge("the data are " + written.value().length + " bytes, the limit is " + mostWritten);
        }
        return written;
    }

    private static JobException tooLarge(String how) {
        return new JobException(
                FailureCode.EVENT_TOO_LARGE,
                "The event to publish is too large (" + how
                        + "). If it is a scan's result, ask for fewer classes or outputs.");
    }

    /**
     * The CloudEvent of a record and its data.
     *
     * @throws JobException with an {@code EVENT_…} code if the record is not an event of the contract
     */
    public ReceivedEvent read(ConsumerRecord<byte[], byte[]> kafkaRecord) {
        byte[] value = kafkaRecord.value();
        if (value != null && value.length > mostRead) {
            throw new JobException(FailureCode.EVENT_INVALID, "The event is too large" + limit(value, mostRead));
        }
        try {
            CloudEvent envelope = RecordEnvelope.read(codec, kafkaRecord);
            return new ReceivedEvent(
                    kafkaRecord.topic(),
                    kafkaRecord.partition(),
                    kafkaRecord.offset(),
                    Instant.ofEpochMilli(kafkaRecord.timestamp()),
                    envelope,
                    codec.decode(envelope));
        } catch (InvalidEventException e) {
            throw new JobException(code(e.reason()), e.getMessage(), e);
        } catch (JobException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) { // whatever it is, it is this record's and ends no reader
            throw new JobException(
                    FailureCode.EVENT_INVALID,
                    "The record cannot be read (" + e.getClass().getSimpleName() + ").",
                    e);
        }
    }

    private static String limit(byte[] value, int most) {
        return " (" + value.length + " bytes; the limit is " + most + ").";
    }

    private static FailureCode code(InvalidEventException.Reason reason) {
        return switch (reason) {
            case INVALID, TOO_LARGE -> FailureCode.EVENT_INVALID;
            case TYPE_UNKNOWN -> FailureCode.EVENT_TYPE_UNKNOWN;
            case VERSION_UNSUPPORTED -> FailureCode.EVENT_VERSION_UNSUPPORTED;
        };
    }
}
