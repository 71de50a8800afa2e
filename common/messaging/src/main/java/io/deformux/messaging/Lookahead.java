package io.deformux.messaging;

import io.deformux.messaging.damage.DamagedRecords;
import io.deformux.messaging.job.PreparingHandler;
import io.deformux.messaging.member.JobConsumer;
import io.deformux.messaging.member.NextJob;
import io.deformux.messaging.member.TakenJob;
import io.deformux.schemas.Event;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job behind the running one, of another partition, and its preparation meanwhile. For the loop's thread only.
 *
 * <p>A preparation can kill the process too, so its start is counted before it begins. If it does, the running job loses
 * an attempt with it, and if the running job does, the waiting one; so only a running job that has not crashed has
 * company, and only one that never had a start without an end: no job can cost another more than one attempt.
 */
final class Lookahead<J extends Event> {
    private static final Logger LOG = LoggerFactory.getLogger(Lookahead.class);

    private final JobKind<J> kind;
    private final Optional<PreparingHandler<J>> handler;
    private final JobConsumer consumer;
    private final JobThread thread;
    private Optional<TakenJob> waiting = Optional.empty();
    /** The running job that gets no company, if any. */
    private TakenJob alone;

    Lookahead(JobKind<J> kind, boolean prepareNext, JobConsumer consumer, JobThread thread) {
        this.kind = kind;
        this.handler = prepareNext ? kind.preparing() : Optional.empty();
        this.consumer = consumer;
        this.thread = thread;
    }

    /** Keeps the membership while {@code running} runs, and looks for a job to prepare. */
    void poll(TakenJob running) {
        if (handler.isEmpty() || waiting.isPresent() || running == alone || !mayHaveCompany(running)) {
            consumer.poll();
        } else {
            waiting = pollNext(running);
            waiting.ifPresent(next -> tryPrepare(next, handler.get()));
        }
        if (isLost()) {
            discard();
        }
    }

    /** Records that cannot be read are dealt with when no job runs. */
    private Optional<TakenJob> pollNext(TakenJob running) {
        try {
            return consumer.pollNext();
        } catch (KafkaException e) {
            if (!DamagedRecords.mayBe(e)) {
                throw e;
            }
            LOG.debug("Nothing is prepared beside {}", running, e);
            alone = running;
            return Optional.empty();
        }
    }

    private static boolean mayHaveCompany(TakenJob running) {
        return !running.isLost() && !running.isDegraded() && running.crashes() == 1;
    }

    private void tryPrepare(TakenJob next, PreparingHandler<J> able) {
        try {
            J job = kind.read(next);
            consumer.starts().read(next);
            if (next.crashes() == 0) {
                consumer.starts().count(next);
                next.setPreparation(new NextJob(() -> able.prepare(job)));
                begin(next, job);
            }
        } catch (RuntimeException e) {
            // Its turn will come, and show what is wrong with it.
            LOG.debug("{} is not prepared ahead", next, e);
        }
    }

    private void begin(TakenJob next, J job) {
        try (LoggedJob logged = LoggedJob.of(job.key(), next.trace())) {
            LOG.info("Is prepared meanwhile");
            next.preparation().ifPresent(thread::start);
        }
    }

    /** The waiting job, whose turn it is, unless it is lost or an urgent one came: then it is polled again. */
    Optional<TakenJob> take() {
        if (isLost()) {
            discard();
        }
        if (waiting.filter(consumer::isOvertaken).isPresent()) {
            discard();
        }
        return release();
    }

    /** Lets go of the waiting job. If it is still ours, its start does not count, and it is polled again. */
    void discard() {
        release().ifPresent(job -> {
            boolean started = job.isStarted();
            job.endStart();
            if (!job.isLost() && started) {
                consumer.starts().tryUncount(job);
            }
            if (!job.isLost()) {
                consumer.giveBack(job);
            }
        });
    }

    private boolean isLost() {
        return waiting.filter(TakenJob::isLost).isPresent();
    }

    private Optional<TakenJob> release() {
        Optional<TakenJob> left = waiting;
        waiting = Optional.empty();
        consumer.releaseNext();
        return left;
    }
}
