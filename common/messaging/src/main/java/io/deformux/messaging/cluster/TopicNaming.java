package io.deformux.messaging.cluster;

import io.deformux.schemas.TopicNames;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Names the topic of each record as its cluster does, when a producer sends it, those of Kafka Streams included: until then
 * it has the name of the contract. Kafka hands one property with interceptors to clients of both kinds; of a consumer it
 * changes nothing.
 */
public final class TopicNaming implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {
    /** The client property that holds the prefix. */
    static final String PREFIX = "deformux.topic.prefix";

    private TopicNames names = TopicNames.CONTRACT;

    @Override
    public void configure(Map<String, ?> configs) {
        names = new TopicNames((String) configs.get(PREFIX));
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> made) {
        return new ProducerRecord<>(
                names.of(made.topic()), made.partition(), made.timestamp(), made.key(), made.value(), made.headers());
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
        // Who sent it hears of it.
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // Nothing is to be named.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
