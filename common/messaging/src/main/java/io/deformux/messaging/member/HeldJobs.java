package io.deformux.messaging.member;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** The jobs that a member has: one taken, and at most one behind it. For the loop's thread only. */
final class HeldJobs {
    private Optional<TakenJob> taken = Optional.empty();
    private Optional<TakenJob> next = Optional.empty();

    Optional<TakenJob> taken() {
        return taken;
    }

    void take(TakenJob job) {
        taken = Optional.of(job);
    }

    void releaseTaken() {
        taken = Optional.empty();
    }

    Optional<TakenJob> next() {
        return next;
    }

    void takeNext(TakenJob job) {
        next = Optional.of(job);
    }

    void releaseNext() {
        next = Optional.empty();
    }

    boolean isEmpty() {
        return taken.isEmpty() && next.isEmpty();
    }

    /** Does something with those of {@code partitions}. */
    void forEachOf(Collection<TopicPartition> partitions, Consumer<TakenJob> action) {
        Stream.of(taken, next)
                .flatMap(Optional::stream)
                .filter(job -> partitions.contains(job.partition()))
                .forEach(action);
    }
}
