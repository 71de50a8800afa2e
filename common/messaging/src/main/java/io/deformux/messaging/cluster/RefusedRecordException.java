package io.deformux.messaging.cluster;

import org.apache.kafka.common.KafkaException;

/** A record that Kafka did not take, and where it was to go: what clients throw does not always name the topic. */
public final class RefusedRecordException extends KafkaException {
    private static final long serialVersionUID = 1L;

    private final String topic;

    public RefusedRecordException(String topic, Throwable cause) {
        super("topic " + topic + ": " + cause.getMessage(), cause);
        this.topic = topic;
    }

    public String topic() {
        return topic;
    }
}
