package io.deformux.messaging.member;

import static java.util.Map.entry;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.job.JobLoopConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The client by which a worker is a member of its group, and until when that surely holds: every poll keeps the
 * membership, and learns what the group's coordinator has confirmed. For the loop's thread only.
 */
final class Membership implements AutoCloseable {
    private final HeldJobs held;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Lease lease;
    private final Heartbeats heartbeats;
    private final ClockWatch clock;

    /** A client that is no member yet. */
    Membership(KafkaConnection connection, JobLoopConfig config, HeldJobs held) {
        this.held = held;
        consumer = new KafkaConsumer<>(
                connection.client(settings(config)), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        lease = new Lease(config.sessionTimeout(), System::nanoTime);
        heartbeats = new Heartbeats(consumer);
        clock = ClockWatch.start(consumer::wakeup);
    }

    private Map<String, Object> settings(JobLoopConfig config) {
        int session = Math.toIntExact(config.sessionTimeout().toMillis());
        Supplier<Optional<TopicPartition>> running = () -> held.taken().map(TakenJob::partition);
        Map<String, Object> ours = new HashMap<>(Heartbeats.settings(config.sessionTimeout()));
        ours.putAll(Map.ofEntries(
                entry("group.id", config.group()),
                entry("group.protocol", "classic"),
                entry("partition.assignment.strategy", List.of(RunningJobsStayAssignor.class)),
                entry(RunningJobsStayAssignor.RUNNING, running),
                entry("session.timeout.ms", session),
                entry("heartbeat.interval.ms", session / 3),
                entry("max.poll.records", 1),
                entry("enable.auto.commit", false),
                entry("auto.offset.reset", "earliest"),
                entry("isolation.level", "read_committed"),
                entry("allow.auto.create.topics", false),
                // The offset of the job before is not stable for some ms after its transaction: looked for again soon,
                // but not at once, since the client's thread for heartbeats wakes up as often.
                entry("retry.backoff.ms", 20),
                // Short calls, so that the loop comes back to see whether it must stop; it is the loop that tries
                // again.
                entry("default.api.timeout.ms", 10_000),
                entry("request.timeout.ms", 5_000)));
        return ours;
    }

    /** Becomes a member with the next poll. */
    void join(Collection<String> topics, ConsumerRebalanceListener listener) {
        consumer.subscribe(topics, listener);
    }

    KafkaConsumer<byte[], byte[]> client() {
        return consumer;
    }

    Lease lease() {
        return lease;
    }

    /** What was confirmed before a poll counts only if the poll does not find the taken job lost. */
    ConsumerRecords<byte[], byte[]> poll(Duration limit) {
        requireRightClock();
        OptionalLong confirmed = heartbeats.look();
        try {
            ConsumerRecords<byte[], byte[]> polled = pollClient(limit);
            renew(confirmed);
            return polled;
        } catch (TopicAuthorizationException e) {
            renew(confirmed); // the membership goes on all the same
            throw e;
        }
    }

    private void renew(OptionalLong confirmed) {
        if (held.taken().filter(TakenJob::isLost).isEmpty()) {
            confirmed.ifPresent(lease::renew);
        }
    }

    private ConsumerRecords<byte[], byte[]> pollClient(Duration limit) {
        try {
            return consumer.poll(limit);
        } catch (WakeupException e) {
            requireRightClock();
            throw e;
        }
    }

    /** A client by whose time it is later than by the clock keeps no membership; a new one does. */
    private void requireRightClock() {
        if (clock.wasSetBack()) {
            throw new KafkaException("the clock was set back, so that new clients are made");
        }
    }

    /** Leaves the group, so that others take over at once. */
    @Override
    public void close() {
        clock.close();
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    }
}
