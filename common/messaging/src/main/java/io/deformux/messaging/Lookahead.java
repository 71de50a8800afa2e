package io.deformux.messaging;

import io.deformux.schemas.Event;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job behind the running one, of another partition, and its preparation meanwhile. For the loop's thread only.
 *
 * <p>A preparation can kill the process too, so its start is counted before it begins. If it does, the running job loses
 * an attempt with it, and if the running job does, the waiting one; so only a running job on its first attempt has
 * company, and only one that was never started: no job can cost another more than one attempt.
 */
final class Lookahead<J extends Event> {
    private static final Logger LOG = LoggerFactory.getLogger(Lookahead.class);

    /** Reads the event of a job. */
    interface Reader<J> {
        J read(TakenJob taken);
    }

    private final Optional<PreparingHandler<J>> handler;
    private final JobConsumer consumer;
    private final JobThread thread;
    private TakenJob waiting;
    private NextJob preparing;

    Lookahead(JobHandler<J> handler, JobLoopConfig config, JobConsumer consumer, JobThread thread) {
        this.handler = config.prepareNext() && handler instanceof PreparingHandler<J> able
                ? Optional.of(able)
                : Optional.empty();
        this.consumer = consumer;
        this.thread = thread;
    }

    /** Keeps the membership while {@code running} runs, and looks for a job to prepare. */
    void poll(TakenJob running, Reader<J> reader) {
        if (handler.isEmpty() || waiting != null || running.isLost() || running.starts() != 1) {
            consumer.poll();
        } else {
            consumer.pollNext().ifPresent(next -> {
                waiting = next;
                tryPrepare(next, reader);
            });
        }
        if (waiting != null && waiting.isLost()) {
            discard();
        }
    }

    private void tryPrepare(TakenJob next, Reader<J> reader) {
        try {
            J job = reader.read(next);
            consumer.readStarts(next);
            if (next.starts() == 0) {
                consumer.commitStarts(next, 1);
                next.setRunning(true);
                LOG.info("Job {} is prepared meanwhile", job.key());
                preparing = new NextJob(next, () -> handler.get().prepare(job));
                thread.start(preparing);
            }
        } catch (RuntimeException e) {
            // Its turn will come, and show what is wrong with it.
            LOG.debug("{} is not prepared ahead", next, e);
        }
    }

    /** The waiting job, whose turn it is, unless it is lost. */
    Optional<TakenJob> take() {
        if (waiting != null && waiting.isLost()) {
            discard();
        }
        Optional<TakenJob> taken = Optional.ofNullable(waiting);
        waiting = null;
        consumer.releaseNext();
        return taken;
    }

    /** Whether the start of a job is already counted, because its preparation has begun. */
    boolean hasBegun(TakenJob taken) {
        return preparing != null && preparing.taken() == taken;
    }

    /** The preparation of a job if it has begun; the caller discards it in the end. */
    Optional<NextJob> takePreparation(TakenJob taken) {
        Optional<NextJob> begun = hasBegun(taken) ? Optional.of(preparing) : Optional.empty();
        begun.ifPresent(next -> preparing = null);
        return begun;
    }

    /** Lets go of the waiting job. If it is still ours, its start does not count. */
    void discard() {
        if (preparing != null) {
            preparing.discard();
            preparing = null;
        }
        Optional<TakenJob> left = Optional.ofNullable(waiting);
        waiting = null;
        consumer.releaseNext();
        left.filter(job -> job.isRunning() && !job.isLost()).ifPresent(consumer::tryUncountStart);
    }
}
