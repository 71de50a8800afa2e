package io.deformux.schemas;

import java.nio.charset.StandardCharsets;

/**
 * One event of the contract, as its data: what stands around it (id, source, time) is the CloudEvent's.
 *
 * <p>A component of type {@link java.util.Optional} is a field that may be absent; every other component is a required
 * field. Records hold what they are given: {@link EventCodec} refuses values that break the schema, on the way out as
 * on the way in.
 */
public sealed interface Event
        permits ScanArrived,
                SegmentationCompleted,
                SegmentationFailed,
                TrainingRequested,
                TrainingFoldRequested,
                TrainingFoldCompleted,
                TrainingFoldFailed,
                Publication,
                TrainingCompleted,
                TrainingFailed,
                ComparisonRequested,
                ComparisonCompleted,
                ComparisonFailed,
                ModelPublished,
                JobProgress,
                DeadLetterReplay,
                JobCancel {
    /** The CloudEvents {@code type}, with the major version as its last part: {@code io.deformux.scan.arrived.v1}. */
    String type();

    /** The Kafka topic that carries this event; one of {@link Topics}. */
    String topic();

    /** The Kafka record key: events with the same key arrive in the order in which they were sent. */
    String key();

    /**
     * What tells a repeated event from another one of its type: equal for two events that say the same, different as soon
     * as they say something else. All of the data, unless some of it may differ in a repeated event (times, attempts). Not
     * on the wire; ids of events derive from it.
     */
    default String identity() {
        return new String(Json.write(this), StandardCharsets.UTF_8);
    }
}
