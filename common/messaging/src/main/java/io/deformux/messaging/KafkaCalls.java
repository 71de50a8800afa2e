package io.deformux.messaging;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.Outage;
import io.deformux.messaging.cluster.Refusal;
import io.deformux.messaging.cluster.RefusedRecordException;
import io.deformux.messaging.damage.DamagedRecords;
import io.deformux.messaging.job.LoopHealth;
import io.deformux.messaging.member.JobConsumer;
import io.deformux.messaging.member.TakenJob;
import io.deformux.messaging.record.DeadLetters;
import io.deformux.messaging.record.RetryRecord;
import io.deformux.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a job needs of Kafka. Called again and again where it fails, as long as the job is ours and the grace time of a
 * stop lasts: work of hours is not given up because a broker restarts, nor because a right or a topic lacks. Meanwhile
 * the polling goes on. For the loop's thread only.
 */
final class KafkaCalls {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaCalls.class);
    private static final Duration REFUSED_PAUSE = Duration.ofMillis(500);

    private final KafkaConnection connection;
    private final JobConsumer consumer;
    private final ResultPublisher publisher;
    private final StopSignal stop;
    private final LoopHealth health;
    private boolean cutOff;

    KafkaCalls(
            KafkaConnection connection,
            JobConsumer consumer,
            ResultPublisher publisher,
            StopSignal stop,
            LoopHealth health) {
        this.connection = connection;
        this.consumer = consumer;
        this.publisher = publisher;
        this.stop = stop;
        this.health = health;
    }

    /** Reads how often a job was started, unless its start is counted already; {@code false} if it is no longer ours. */
    boolean readStarts(TakenJob taken) {
        return taken.isStarted() || whileOurs(taken, () -> consumer.starts().read(taken));
    }

    /** Counts a start, unless it is counted already; {@code false} if the job must not start here. */
    boolean countStart(TakenJob taken) {
        return taken.isStarted()
                || !stop.isRequested()
                        && whileOurs(taken, () -> consumer.starts().count(taken));
    }

    /** A start that has ended does not count; {@code false} if the job is no longer ours. */
    boolean uncountStart(TakenJob taken) {
        return whileOurs(taken, () -> consumer.starts().uncount(taken));
    }

    /**
     * Puts a job on the retry topic and moves the group past it here, both or neither.
     *
     * @return {@code false} if its record is too large to wait, which changes nothing; {@code true} also if the job went to
     *     another worker before
     */
    boolean putOff(TakenJob taken, RetryRecord.Prior prior, Instant due) {
        String topic = consumer.retryTopic(taken);
        ProducerRecord<byte[], byte[]> waiting =
                RetryRecord.of(topic, taken.original(), consumer.group(), prior, due, consumer.retryPartition(topic));
        if (!RetryRecord.fits(waiting)) {
            return false;
        }
        try {
            publish(taken, List.of(waiting));
            return true;
        } catch (RefusedRecordException e) { // the topic takes less than Kafka does by default
            return false;
        }
    }

    /** Publishes the outcome; {@code false} if the job went to another worker before. */
    boolean publish(TakenJob taken, List<ProducerRecord<byte[], byte[]>> outcome) {
        return whileOurs(taken, () -> publishFitting(taken, outcome));
    }

    /** Sets records aside that nobody can read; empty if there are none. */
    Optional<DamagedRecords> passDamaged() {
        Optional<DamagedRecords> found = consumer.findDamaged(connection);
        found.ifPresent(damaged -> {
            LOG.error("{}", damaged);
            publisher.publish(List.of(damaged.letter()), damaged.partition(), damaged.end() - 1, consumer.client());
            consumer.skip(damaged);
        });
        return found;
    }

    /** A dead letter that is too large for this cluster is cut until it fits. */
    private void publishFitting(TakenJob taken, List<ProducerRecord<byte[], byte[]>> outcome) {
        List<ProducerRecord<byte[], byte[]>> fitting = outcome;
        while (true) {
            try {
                publisher.publish(fitting, taken.partition(), taken.offset(), consumer.client());
                return;
            } catch (RefusedRecordException e) {
                if (!e.topic().equals(Topics.DEAD_LETTER) || !(e.getCause() instanceof RecordTooLargeException)) {
                    throw e;
                }
                fitting = DeadLetters.smaller(fitting).orElseThrow(() -> e);
            }
        }
    }

    /** Keeps the membership for a while, or until the job is lost or a stop asked for; polls at least once. */
    void keep(TakenJob taken, Duration duration) {
        keep(taken, duration, stop::isRequested);
    }

    private void keep(TakenJob taken, Duration duration, BooleanSupplier ended) {
        long end = System.nanoTime() + duration.toNanos();
        do {
            health.beats();
            poll();
        } while (System.nanoTime() - end < 0 && !taken.isLost() && !ended.getAsBoolean());
    }

    /** Whether Kafka has refused this member, which therefore keeps no membership any more: it needs new clients. */
    boolean isCutOff() {
        return cutOff;
    }

    /** What is refused here is said by whoever calls again. */
    private void poll() {
        try {
            consumer.poll();
        } catch (AuthenticationException | AuthorizationException e) {
            LOG.debug("The membership is not kept now", e);
            cutOff |= Refusal.endsMembership(e);
            LockSupport.parkNanos(REFUSED_PAUSE.toNanos());
        }
    }

    private boolean whileOurs(TakenJob taken, Runnable call) {
        Outage outage = new Outage(LOG);
        boolean refused = false;
        while (!taken.isLost() && !stop.isDue()) {
            try {
                call.run();
                return true;
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException | IllegalStateException e) { // the latter: a client in an unexpected state
                if (isTooLargeToWait(e)) {
                    throw e; // no other try can help
                }
                refused |= refusesMember(e);
                if (cutOff && Refusal.of(e).isFor(CommitFailedException.class)) {
                    consumer.starts().forget(taken);
                    throw e; // the job is another's, which a member that was refused does not hear
                }
                // Within the grace time of a stop too there is a wait between two tries.
                keep(taken, outage.refused(taken, Refusal.of(e, consumer::needed)), stop::isDue);
            }
        }
        if ((refused || cutOff) && taken.isLost()) {
            consumer.starts().forget(taken); // it was lost because the member was refused
        }
        return false;
    }

    private static boolean refusesMember(RuntimeException e) {
        Refusal refusal = Refusal.of(e);
        return refusal.isFor(GroupAuthorizationException.class) || refusal.isFor(AuthenticationException.class);
    }

    private static boolean isTooLargeToWait(RuntimeException e) {
        return e instanceof RefusedRecordException refused
                && Topics.isRetry(refused.topic())
                && refused.getCause() instanceof RecordTooLargeException;
    }
}
