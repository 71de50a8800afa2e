package io.deformux.worker.train.plan;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * When a record was sent, or now where it does not say so: old and mirrored records have no time, a wrong clock gives one
 * in the future that Kafka does not take further. The time decides only which of two topics is read first.
 */
final class RecordTime implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> received, long partitionTime) {
        long now = System.currentTimeMillis();
        return received.timestamp() < 0 || received.timestamp() > now ? now : received.timestamp();
    }
}
