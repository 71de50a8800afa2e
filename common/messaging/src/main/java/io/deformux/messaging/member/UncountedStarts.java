package io.deformux.messaging.member;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Starts that are counted in Kafka and should not be: their jobs were given back while Kafka took no commits, as where a
 * right was withdrawn. Whoever takes such a job next does not know that; so this worker remembers it beyond its Kafka
 * clients. For the loop's thread only.
 */
public final class UncountedStarts {
    private record Start(long offset, int number) {}

    private final Map<TopicPartition, Start> starts = new HashMap<>();

    /** The newest start of a job does not count. */
    void add(TakenJob job) {
        starts.put(job.partition(), new Start(job.offset(), job.starts()));
    }

    /** How often a job was started that Kafka says was started {@code counted} times; asked once. */
    int of(TakenJob job, int counted) {
        Start last = starts.remove(job.partition());
        return new Start(job.offset(), counted).equals(last) ? counted - 1 : counted;
    }
}
