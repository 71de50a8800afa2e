package io.deformux.messaging.member;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions of the retry topic whose next job is not due yet. A wait that has begun is measured, whatever becomes of the
 * clock meanwhile. For the loop's thread only.
 */
final class RetryWaits {
    private record Wait(long offset, long untilNanos) {}

    private final LongSupplier steadyNanos;
    private final Map<TopicPartition, Wait> waits = new HashMap<>();

    /**
     * No waits.
     *
     * @param steadyNanos as {@link System#nanoTime}, which nobody sets
     */
    RetryWaits(LongSupplier steadyNanos) {
        this.steadyNanos = steadyNanos;
    }

    /** Whether the job at {@code offset}, which has {@code left} by its own account, waits on. */
    boolean goesOn(TopicPartition partition, long offset, Duration left) {
        Wait begun = waits.get(partition);
        if (begun != null && begun.offset == offset) {
            return isRunning(begun);
        }
        if (left.isZero()) {
            return false;
        }
        waits.put(partition, new Wait(offset, steadyNanos.getAsLong() + left.toNanos()));
        return true;
    }

    void forget(Collection<TopicPartition> partitions) {
        waits.keySet().removeAll(partitions);
    }

    /** Which of {@code partitions} may be fetched from now. */
    Set<TopicPartition> without(Collection<TopicPartition> partitions) {
        Set<TopicPartition> others = new HashSet<>(partitions);
        waits.forEach((partition, wait) -> {
            if (isRunning(wait)) {
                others.remove(partition);
            }
        });
        return others;
    }

    private boolean isRunning(Wait wait) {
        return steadyNanos.getAsLong() - wait.untilNanos < 0;
    }
}
