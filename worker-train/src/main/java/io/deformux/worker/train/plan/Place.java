package io.deformux.worker.train.plan;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Where a record came from, kept in a header of its own on the way through the internal topic, so that a dead letter can
 * name it.
 *
 * @param topic of the contract
 * @param partition its partition
 * @param offset its offset there
 */
record Place(String topic, int partition, long offset) {
    private static final String HEADER = "deformux_plan_place";
    private static final int PARTS = 3;

    static Place of(ConsumerRecord<?, ?> received) {
        return new Place(received.topic(), received.partition(), received.offset());
    }

    void putInto(Headers headers) {
        headers.remove(HEADER);
        headers.add(HEADER, toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Takes it out again; empty if it is not there, or not as it was put. */
    static Optional<Place> takeFrom(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        headers.remove(HEADER);
        if (header == null || header.value() == null) {
            return Optional.empty();
        }
        String[] parts = new String(header.value(), StandardCharsets.UTF_8).split(" ", -1);
        try {
            return parts.length == PARTS
                    ? Optional.of(new Place(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** As it stands in the header. */
    @Override
    public String toString() {
        return topic + " " + partition + " " + offset;
    }
}
