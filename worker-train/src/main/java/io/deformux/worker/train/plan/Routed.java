package io.deformux.worker.train.plan;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The value of a record and the topic that it goes to; key and headers are the record's.
 *
 * @param topic a topic, or {@link #PLANNING}
 * @param value the bytes
 */
record Routed(String topic, byte[] value) {
    /** On to the second half of the topology. */
    static final String PLANNING = "";

    boolean toPlanning() {
        return topic.equals(PLANNING);
    }

    /** Only the value is on the wire; what comes back was on its way to planning. */
    static Serde<Routed> serde() {
        return Serdes.serdeFrom(
                (topic, routed) -> routed == null ? null : routed.value(),
                (topic, bytes) -> bytes == null ? null : new Routed(PLANNING, bytes));
    }

    /** An event or a dead letter on its way out. */
    static Record<byte[], Routed> out(ProducerRecord<byte[], byte[]> made, long timestamp) {
        return new Record<>(made.key(), new Routed(made.topic(), made.value()), timestamp, made.headers());
    }

    /** A record of a stream as a consumer would see it. */
    static ConsumerRecord<byte[], byte[]> received(Record<byte[], ?> streamed, byte[] value, RecordMetadata place) {
        return new ConsumerRecord<>(
                place.topic(),
                place.partition(),
                place.offset(),
                streamed.timestamp(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                streamed.key(),
                value,
                streamed.headers(),
                Optional.empty());
    }
}
