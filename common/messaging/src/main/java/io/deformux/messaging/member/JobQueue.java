package io.deformux.messaging.member;

import io.deformux.messaging.record.RetryRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Which job is the next one: urgent ones before others, in their turns, and none before it is due. For the loop's thread only. */
final class JobQueue {
    private final JobTopics topics;
    private final Membership membership;
    private final Consumer<byte[], byte[]> consumer;
    private final OpenPartitions open;
    private final Turns turns = new Turns();

    JobQueue(JobTopics topics, Membership membership, OpenPartitions open) {
        this.topics = topics;
        this.membership = membership;
        this.consumer = membership.client();
        this.open = open;
    }

    /** Waits up to {@code limit}, or a little longer where there are urgent jobs, for the job whose turn it is. */
    Optional<TakenJob> poll(Duration limit) {
        if (!turns.isUrgentNext()) {
            Optional<TakenJob> routine = pollOnly(open.routine(), limit);
            if (routine.isPresent()) {
                return routine;
            }
            turns.startAnew();
        }
        open.openAll();
        return behindUrgent(pollOpen(limit), limit);
    }

    /** The urgent job that is to go before a routine one that was found; asked only then, since it costs a request. */
    private Optional<TakenJob> behindUrgent(Optional<TakenJob> found, Duration limit) {
        if (!topics.haveUrgent() || found.isEmpty() || isUrgent(found.get())) {
            return found;
        }
        Set<TopicPartition> ahead = open.urgentAhead();
        if (ahead.isEmpty()) {
            return found;
        }
        giveBack(found.get());
        return pollOnly(ahead, limit);
    }

    private Optional<TakenJob> pollOnly(Set<TopicPartition> some, Duration limit) {
        if (some.isEmpty()) {
            return Optional.empty();
        }
        open.openOnly(some);
        return pollOpen(limit);
    }

    /** Waits for a job of the partitions that are open. */
    Optional<TakenJob> pollOpen(Duration limit) {
        return due(membership.poll(limit));
    }

    /** A polled job, unless it is of the retry topic and not due or another group's; those are not taken. */
    private Optional<TakenJob> due(ConsumerRecords<byte[], byte[]> polled) {
        Optional<TakenJob> found = Optional.empty();
        for (ConsumerRecord<byte[], byte[]> one : polled) {
            TopicPartition partition = new TopicPartition(one.topic(), one.partition());
            Optional<RetryRecord> waiting = RetryRecord.in(one, topics.names());
            if (waiting.isPresent() && !waiting.get().group().equals(Optional.of(topics.group()))) {
                consumer.commitAsync(Map.of(partition, new OffsetAndMetadata(one.offset() + 1)), null);
            } else if (waiting.isEmpty()
                    || !open.closeWhileWaiting(
                            partition, one.offset(), waiting.get().left(Instant.now()))) {
                found = Optional.of(new TakenJob(one, topics.names()));
            }
        }
        return found;
    }

    /** It begins: its turn is over. */
    void took(TakenJob job) {
        turns.took(isUrgent(job));
    }

    /** Whether an urgent job is to go before one that was taken to wait. */
    boolean isOvertaken(TakenJob waiting) {
        return topics.haveUrgent()
                && turns.isUrgentNext()
                && !isUrgent(waiting)
                && !open.urgentAhead().isEmpty();
    }

    private boolean isUrgent(TakenJob job) {
        return topics.isUrgent(job.partition().topic());
    }

    /** A job that was polled and not begun: it is the next one of its partition again, else the group would step past it. */
    void giveBack(TakenJob job) {
        if (consumer.assignment().contains(job.partition())) {
            consumer.seek(job.partition(), job.offset());
        }
    }
}
