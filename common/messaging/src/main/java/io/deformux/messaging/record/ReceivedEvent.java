package io.deformux.messaging.record;

import io.cloudevents.CloudEvent;
import io.deformux.schemas.Event;
import java.time.Instant;

/**
 * An event as it was read.
 *
 * @param topic the Kafka topic
 * @param partition the partition of the topic
 * @param offset the offset in the partition
 * @param appended when its record came onto the topic, by the broker's clock where the topic keeps that
 *     ({@code LogAppendTime}, as all topics that workers write do); else by its publisher's
 * @param envelope the CloudEvent: id, source, time by its publisher's clock
 * @param event its data
 */
public record ReceivedEvent(
        String topic, int partition, long offset, Instant appended, CloudEvent envelope, Event event) {}
