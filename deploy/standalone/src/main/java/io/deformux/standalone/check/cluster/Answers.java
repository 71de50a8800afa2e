package io.deformux.standalone.check.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for what the cluster answers, for so long altogether. */
final class Answers {
    private final long end;

    /** @param limit from now, for everything that is waited for */
    Answers(Duration limit) {
        end = System.nanoTime() + limit.toNanos();
    }

    /** What is left of the time; not negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Waits for one answer. */
    <T> T get(KafkaFuture<T> future) throws RefusedException {
        try {
            return future.get(left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (Exception e) {
            throw RefusedException.of(e);
        }
    }

    /** Waits for each answer: those that came, and why the others did not. */
    <K, T> Each<K, T> each(Map<K, KafkaFuture<T>> futures) {
        Map<K, T> given = new HashMap<>();
        Map<K, RefusedException> refused = new HashMap<>();
        futures.forEach((key, future) -> {
            try {
                given.put(key, get(future));
            } catch (RefusedException e) {
                refused.put(key, e);
            }
        });
        return new Each<>(given, refused);
    }

    /**
     * Answers to a question about several things.
     *
     * @param given the answers
     * @param refused why there is none
     */
    record Each<K, T>(Map<K, T> given, Map<K, RefusedException> refused) {}
}
