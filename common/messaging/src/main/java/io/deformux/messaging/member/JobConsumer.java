package io.deformux.messaging.member;

import static java.util.Map.entry;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.damage.DamagedRecords;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.record.RetryRecord;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of the consumer group that has at most one job taken and one waiting behind it, and learns when they go to
 * another worker.
 *
 * <p>While a job is taken, no partition is fetched from: {@link #poll} only keeps the membership. {@link #pollNext} alone
 * takes one more, of another partition. For the loop's thread only.
 */
public final class JobConsumer implements AutoCloseable, ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(JobConsumer.class);
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(2);
    private static final Duration IDLE_POLL = Duration.ofMillis(250);
    /** What a finished job waits at most to be noticed. */
    private static final Duration BUSY_POLL = Duration.ofMillis(50);

    private final TopicNames names;
    private final String topic;
    private final Optional<String> urgent;
    private final Turns turns = new Turns();
    private final String group;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RetryWaits waits = new RetryWaits();
    private final PassedMarkers markers;
    private final Lease lease;
    private final Heartbeats heartbeats;
    private final ClockWatch clock;
    private final UncountedStarts uncounted;
    private TakenJob taken;
    private TakenJob next;

    public JobConsumer(KafkaConnection connection, JobLoopConfig config, UncountedStarts uncounted) {
        this.uncounted = uncounted;
        names = connection.topics();
        topic = names.of(config.topic());
        urgent = config.urgent().map(names::of);
        group = config.group();
        int session = Math.toIntExact(config.sessionTimeout().toMillis());
        Supplier<Optional<TopicPartition>> running =
                () -> Optional.ofNullable(taken).map(TakenJob::partition);
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
        consumer =
                new KafkaConsumer<>(connection.client(ours), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        lease = new Lease(config.sessionTimeout(), System::nanoTime);
        heartbeats = new Heartbeats(consumer);
        clock = ClockWatch.start(consumer::wakeup);
        markers = new PassedMarkers(consumer);
        Stream<String> first = urgent.stream().flatMap(name -> Stream.of(name, names.of(Topics.RETRY_URGENT)));
        consumer.subscribe(
                Stream.concat(Stream.of(topic, names.of(Topics.RETRY)), first).toList(), this);
    }

    /** Whether there are jobs to come at all: to subscribe to a topic that is not there is to wait without a word. */
    public void requireTopic() {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException(topic);
        }
    }

    /** The right on a topic that is needed here: on the one with the jobs to read, on all others to write. */
    public AclOperation needed(String other) {
        return other.equals(topic) || urgent.filter(other::equals).isPresent() ? AclOperation.READ : AclOperation.WRITE;
    }

    /** Until when what is taken is surely ours. */
    public Lease lease() {
        return lease;
    }

    /** Waits a little for a job; with none taken. */
    public Optional<TakenJob> pollIdle() {
        if (!turns.isUrgentNext()) {
            Optional<TakenJob> routine = pollOnly(routine());
            if (routine.isPresent()) {
                return routine;
            }
            turns.startAnew();
        }
        return behindUrgent(pollAny());
    }

    private Optional<TakenJob> pollAny() {
        consumer.resume(waits.without(consumer.assignment(), Instant.now()));
        ConsumerRecords<byte[], byte[]> polled = poll(IDLE_POLL);
        if (polled.isEmpty() && taken == null && next == null) {
            markers.pass();
        }
        return due(polled);
    }

    /** The urgent job that is to go before a routine one that was found; asked only then, since it costs a request. */
    private Optional<TakenJob> behindUrgent(Optional<TakenJob> found) {
        if (urgent.isEmpty()
                || found.isEmpty()
                || isUrgent(found.get().partition().topic())) {
            return found;
        }
        Set<TopicPartition> ahead = urgentAhead();
        if (ahead.isEmpty()) {
            return found;
        }
        giveBack(found.get());
        return pollOnly(ahead);
    }

    private Set<TopicPartition> routine() {
        Set<TopicPartition> some = waits.without(consumer.assignment(), Instant.now());
        some.removeIf(partition -> isUrgent(partition.topic()));
        return some;
    }

    private Optional<TakenJob> pollOnly(Set<TopicPartition> some) {
        if (some.isEmpty()) {
            return Optional.empty();
        }
        consumer.pause(consumer.assignment());
        consumer.resume(some);
        return due(poll(IDLE_POLL));
    }

    /** The urgent partitions that have something behind what was taken, if only a marker. */
    private Set<TopicPartition> urgentAhead() {
        Set<TopicPartition> some = waits.without(consumer.assignment(), Instant.now());
        some.removeIf(partition -> !isUrgent(partition.topic()));
        if (some.isEmpty()) {
            return some;
        }
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(some, LOOK_LIMIT);
            some.removeIf(partition -> consumer.position(partition, LOOK_LIMIT) >= ends.get(partition));
            return some;
        } catch (TimeoutException e) {
            return Set.of();
        }
    }

    private boolean isUrgent(String other) {
        return urgent.filter(name -> other.equals(name) || names.contract(other).equals(Topics.RETRY_URGENT))
                .isPresent();
    }

    /** The topic on which a job waits: one that goes first goes before others again when it is due. */
    public String retryTopic(TakenJob job) {
        return isUrgent(job.original().topic()) ? Topics.RETRY_URGENT : Topics.RETRY;
    }

    /** Whether an urgent job is to go before one that was taken to wait. */
    public boolean isOvertaken(TakenJob waiting) {
        return urgent.isPresent()
                && turns.isUrgentNext()
                && !isUrgent(waiting.partition().topic())
                && !urgentAhead().isEmpty();
    }

    /** A polled job, unless it is of the retry topic and not due or another group's; those are not taken. */
    private Optional<TakenJob> due(ConsumerRecords<byte[], byte[]> polled) {
        Optional<TakenJob> found = Optional.empty();
        for (ConsumerRecord<byte[], byte[]> one : polled) {
            TopicPartition partition = new TopicPartition(one.topic(), one.partition());
            Optional<RetryRecord> waiting = RetryRecord.in(one, names);
            if (waiting.isPresent() && !waiting.get().group().equals(Optional.of(group))) {
                consumer.commitAsync(Map.of(partition, new OffsetAndMetadata(one.offset() + 1)), null);
            } else if (waiting.isPresent() && waiting.get().waits(Instant.now())) {
                waits.add(partition, waiting.get().due());
                consumer.pause(Set.of(partition));
                consumer.seek(partition, one.offset());
            } else {
                found = Optional.of(new TakenJob(one, names));
            }
        }
        return found;
    }

    /** The group's name. */
    public String group() {
        return group;
    }

    /**
     * A partition of a retry topic that this worker has, so that a job which waits comes back to what was kept of it;
     * empty if it has none.
     */
    public OptionalInt retryPartition(String retry) {
        int[] owned = consumer.assignment().stream()
                .filter(partition -> partition.topic().equals(names.of(retry)))
                .mapToInt(TopicPartition::partition)
                .toArray();
        return owned.length == 0
                ? OptionalInt.empty()
                : OptionalInt.of(owned[ThreadLocalRandom.current().nextInt(owned.length)]);
    }

    /** Fetches nothing more until {@link #release}. */
    public void hold(TakenJob job) {
        taken = job;
        turns.took(isUrgent(job.partition().topic()));
        consumer.pause(consumer.assignment());
    }

    /** The taken job is over, one way or the other. */
    public void release() {
        taken = null;
        consumer.resume(waits.without(consumer.assignment(), Instant.now()));
    }

    /** Keeps the membership for a moment, and learns whether the taken job is lost. */
    public void poll() {
        poll(BUSY_POLL);
    }

    /** What was confirmed before a poll counts only if the poll does not find the taken job lost. */
    private ConsumerRecords<byte[], byte[]> poll(Duration limit) {
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
        if (taken == null || !taken.isLost()) {
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

    /**
     * Keeps the membership for a moment like {@link #poll}, and takes a record to wait behind the taken job if one comes
     * from another partition: the group's step past the taken job must not skip it.
     */
    public Optional<TakenJob> pollNext() {
        Set<TopicPartition> others = waits.without(consumer.assignment(), Instant.now());
        others.remove(taken.partition());
        consumer.resume(others);
        try {
            due(poll(BUSY_POLL)).ifPresent(found -> next = found);
        } finally {
            consumer.pause(consumer.assignment());
        }
        return Optional.ofNullable(next);
    }

    /** The waiting job is the taken one's successor now, or forgotten. */
    public void releaseNext() {
        next = null;
    }

    /** A job that was polled and not begun: it is the next one of its partition again, else the group would step past it. */
    public void giveBack(TakenJob job) {
        if (consumer.assignment().contains(job.partition())) {
            consumer.seek(job.partition(), job.offset());
        }
    }

    /** Reads how often a job was started. */
    public void readStarts(TakenJob job) {
        OffsetAndMetadata committed =
                consumer.committed(Set.of(job.partition())).get(job.partition());
        job.setStarts(uncounted.of(job, StartCount.read(committed, job.offset())));
    }

    /** Commits that a job is started once more; refused by Kafka if it is no longer ours. */
    public void countStart(TakenJob job) {
        int starts = job.starts() + 1;
        long sent = System.nanoTime();
        commitStarts(job, starts);
        lease.renew(sent); // a commit keeps the session of its member
        job.start(starts);
    }

    /**
     * A job is given back: its start does not count as an attempt. Only while no outcome is known, since a transaction
     * may have moved the group past the job.
     */
    public void tryUncountStart(TakenJob job) {
        try {
            uncountStart(job);
        } catch (KafkaException e) {
            uncounted.add(job);
            LOG.warn("{} counts one start more than it should until this worker takes it again: {}", job, e.toString());
        }
    }

    /** The start of a job is not to count once this worker takes it again. */
    public void forgetStart(TakenJob job) {
        if (job.isStarted() || job.starts() > 0) {
            uncounted.add(job);
        }
    }

    /** As {@link #tryUncountStart}, but says if it cannot be. */
    public void uncountStart(TakenJob job) {
        int starts = job.starts() - 1;
        commitStarts(job, starts);
        job.setStarts(starts);
    }

    private void commitStarts(TakenJob job, int starts) {
        consumer.commitSync(Map.of(job.partition(), StartCount.of(job.offset(), starts)));
    }

    /** The assigned partition whose next records are damaged, and which of them; empty if all can be read. */
    public Optional<DamagedRecords> findDamaged(KafkaConnection connection) {
        return DamagedRecords.find(connection, consumer);
    }

    /** Goes on behind them. */
    public void skip(DamagedRecords damaged) {
        consumer.seek(damaged.partition(), damaged.end());
    }

    /** The client, for what a transaction needs of it. */
    public Consumer<byte[], byte[]> client() {
        return consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        LOG.info("Takes jobs from {} in group {}, partitions {}", topic, group, numbers());
        if (taken != null) {
            consumer.pause(partitions);
        }
    }

    private List<Integer> numbers() {
        return consumer.assignment().stream()
                .filter(partition -> partition.topic().equals(topic))
                .map(TopicPartition::partition)
                .sorted()
                .toList();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        waits.forget(partitions);
        markers.forget(partitions);
        forEachHeld(partitions, job -> {
            if (job.isStarted()) {
                tryUncountStart(job); // the partition is ours until this method returns
            }
            job.lose();
        });
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        waits.forget(partitions);
        markers.forget(partitions);
        forEachHeld(partitions, TakenJob::lose);
    }

    private void forEachHeld(Collection<TopicPartition> partitions, java.util.function.Consumer<TakenJob> action) {
        Stream.of(Optional.ofNullable(taken), Optional.ofNullable(next))
                .flatMap(Optional::stream)
                .filter(job -> partitions.contains(job.partition()))
                .forEach(action);
    }

    /** Leaves the group, so that others take over at once. */
    @Override
    public void close() {
        clock.close();
        taken = null;
        next = null;
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    }
}
