package io.deformux.messaging.member;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.damage.DamagedRecords;
import io.deformux.messaging.job.JobLoopConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A member of the consumer group that has at most one job taken and one waiting behind it, and learns when they go to
 * another worker.
 *
 * <p>While a job is taken, no partition is fetched from: {@link #poll} only keeps the membership. {@link #pollNext} alone
 * takes one more, of another partition. For the loop's thread only.
 */
public final class JobConsumer implements AutoCloseable {
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(2);
    private static final Duration IDLE_POLL = Duration.ofMillis(250);
    /** What a finished job waits at most to be noticed. */
    private static final Duration BUSY_POLL = Duration.ofMillis(50);

    private final HeldJobs held = new HeldJobs();
    private final JobTopics topics;
    private final Membership membership;
    private final Consumer<byte[], byte[]> consumer;
    private final StartLedger starts;
    private final OpenPartitions open;
    private final JobQueue queue;
    private final PassedMarkers markers;

    public JobConsumer(KafkaConnection connection, JobLoopConfig config, UncountedStarts uncounted) {
        topics = new JobTopics(connection.topics(), config);
        membership = new Membership(connection, config, held);
        consumer = membership.client();
        starts = new StartLedger(consumer, membership.lease(), uncounted);
        open = new OpenPartitions(consumer, topics);
        queue = new JobQueue(topics, membership, open);
        markers = new PassedMarkers(consumer);
        membership.join(topics.all(), new Handover(topics, held, starts, open, markers));
    }

    /** Whether there are jobs to come at all: to subscribe to a topic that is not there is to wait without a word. */
    public void requireTopic() {
        List<PartitionInfo> partitions = consumer.partitionsFor(topics.routine());
        if (partitions == null || partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException(topics.routine());
        }
    }

    /** The right on a topic that is needed here: on the one with the jobs to read, on all others to write. */
    public AclOperation needed(String other) {
        return topics.needed(other);
    }

    /** Until when what is taken is surely ours. */
    public Lease lease() {
        return membership.lease();
    }

    /** How often the jobs were started. */
    public StartLedger starts() {
        return starts;
    }

    /** The group's name. */
    public String group() {
        return topics.group();
    }

    /** The client, for what a transaction needs of it. */
    public Consumer<byte[], byte[]> client() {
        return consumer;
    }

    /** Waits a little for a job; with none taken. */
    public Optional<TakenJob> pollIdle() {
        Optional<TakenJob> found = queue.poll(IDLE_POLL);
        if (found.isEmpty() && held.isEmpty()) {
            markers.pass();
        }
        return found;
    }

    /** The topic on which a job waits: one that goes first goes before others again when it is due. */
    public String retryTopic(TakenJob job) {
        return topics.retry(job);
    }

    /**
     * A partition of a retry topic that this worker has, so that a job which waits comes back to what was kept of it;
     * empty if it has none.
     */
    public OptionalInt retryPartition(String retry) {
        return open.anyOf(retry);
    }

    /** Whether an urgent job is to go before one that was taken to wait. */
    public boolean isOvertaken(TakenJob waiting) {
        return queue.isOvertaken(waiting);
    }

    /** Fetches nothing more until {@link #release}. */
    public void hold(TakenJob job) {
        held.take(job);
        queue.took(job);
        open.closeAll();
    }

    /** The taken job is over, one way or the other. */
    public void release() {
        held.releaseTaken();
        open.openAll();
    }

    /** Keeps the membership for a moment, and learns whether the taken job is lost. */
    public void poll() {
        membership.poll(BUSY_POLL);
    }

    /**
     * Keeps the membership for a moment like {@link #poll}, and takes a record to wait behind the taken job if one comes
     * from another partition: the group's step past the taken job must not skip it.
     */
    public Optional<TakenJob> pollNext() {
        held.taken().map(TakenJob::partition).ifPresent(open::openAllBut);
        try {
            queue.pollOpen(BUSY_POLL).ifPresent(held::takeNext);
        } finally {
            open.closeAll();
        }
        return held.next();
    }

    /** The waiting job is the taken one's successor now, or forgotten. */
    public void releaseNext() {
        held.releaseNext();
    }

    /** A job that was polled and not begun: it is the next one of its partition again, else the group would step past it. */
    public void giveBack(TakenJob job) {
        queue.giveBack(job);
    }

    /** The assigned partition whose next records are damaged, and which of them; empty if all can be read. */
    public Optional<DamagedRecords> findDamaged(KafkaConnection connection) {
        return DamagedRecords.find(connection, consumer);
    }

    /** Goes on behind them. */
    public void skip(DamagedRecords damaged) {
        consumer.seek(damaged.partition(), damaged.end());
    }

    /** Leaves the group, so that others take over at once. */
    @Override
    public void close() {
        held.releaseTaken();
        held.releaseNext();
        membership.close();
    }
}
