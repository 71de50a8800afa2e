package io.deformux.messaging.record;

import io.cloudevents.CloudEvent;
import io.deformux.schemas.Event;

/**
 * An event as it was read.
 *
 * @param topic the Kafka topic
 * @param partition the partition of the topic
 * @param offset the offset in the partition
 * @param envelope the CloudEvent: id, source, time
 * @param event its data
 */
public record ReceivedEvent(String topic, int partition, long offset, CloudEvent envelope, Event event) {}
