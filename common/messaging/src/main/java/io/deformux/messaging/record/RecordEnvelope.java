package io.deformux.messaging.record;

import io.cloudevents.CloudEvent;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.EnvelopeBuilder;
import io.deformux.schemas.EventCodec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The CloudEvent of a Kafka record, whose content type says how it is in there (Kafka Protocol Binding for CloudEvents
 * 1.0.2, sections 3.1 to 3.3): binary mode, or structured mode in JSON. A header without a value is as one that is absent.
 */
final class RecordEnvelope {
    private static final String PREFIX = "ce_";
    private static final String CONTENT_TYPE = "content-type";
    private static final String STRUCTURED = "application/cloudevents";
    private static final String BATCHED = "application/cloudevents-batch";
    private static final Pattern STRUCTURED_JSON =
            Pattern.compile("application/cloudevents\\+json(\\s*;\\s*charset=\"?utf-8\"?)?\\s*");

    private RecordEnvelope() {}

    /**
     * Reads it.
     *
     * @throws JobException {@code EVENT_INVALID} if the record has no CloudEvent in a mode that is read
     * @throws io.deformux.schemas.InvalidEventException if the event is no CloudEvent 1.0
     */
    static CloudEvent read(EventCodec codec, ConsumerRecord<byte[], byte[]> kafkaRecord) {
        Map<String, String> headers = headers(kafkaRecord);
        String contentType = headers.getOrDefault(CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        if (contentType.startsWith(BATCHED)) {
            throw invalid(
                    "The record holds a batch of CloudEvents (" + BATCHED + "); send each in a record of its own.");
        }
        if (contentType.startsWith(STRUCTURED)) {
            return structured(codec, contentType, kafkaRecord.value());
        }
        if (!headers.containsKey(PREFIX + "specversion")) {
            throw invalid(
                    "The record is not a CloudEvent 1.0: it has neither ce_ headers (binary mode) nor the content type"
                            + " application/cloudevents+json (structured mode).");
        }
        return binary(headers, kafkaRecord.value());
    }

    private static CloudEvent structured(EventCodec codec, String contentType, byte[] value) {
        if (!STRUCTURED_JSON.matcher(contentType).matches()) {
            throw invalid("CloudEvents in structured mode are read as application/cloudevents+json in UTF-8 only.");
        }
        return codec.fromJson(value == null ? new byte[0] : value);
    }

    private static CloudEvent binary(Map<String, String> headers, byte[] value) {
        EnvelopeBuilder envelope = new EnvelopeBuilder();
        headers.forEach((name, text) -> {
            if (name.startsWith(PREFIX)) {
                envelope.attribute(name.substring(PREFIX.length()), text);
            }
        });
        if (headers.containsKey(CONTENT_TYPE)) {
            envelope.attribute("datacontenttype", headers.get(CONTENT_TYPE));
        }
        if (value != null) {
            envelope.data(value);
        }
        return envelope.build();
    }

    /** By lower-case name; of several the last counts, as everywhere in Kafka. */
    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> kafkaRecord) {
        Map<String, String> found = new HashMap<>();
        for (Header header : kafkaRecord.headers()) {
            if (header.value() != null) {
                found.put(header.key().toLowerCase(Locale.ROOT), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    private static JobException invalid(String message) {
        return new JobException(FailureCode.EVENT_INVALID, message);
    }
}
