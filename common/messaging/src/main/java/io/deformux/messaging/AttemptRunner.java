package io.deformux.messaging;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.Outage;
import io.deformux.messaging.cluster.Refusal;
import io.deformux.messaging.job.JobLimits;
import io.deformux.messaging.job.LoopHealth;
import io.deformux.messaging.member.JobConsumer;
import io.deformux.messaging.member.TakenJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one attempt at a job on the job's thread and watches it meanwhile. For the loop's thread only. */
final class AttemptRunner {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptRunner.class);
    /** How long a cancelled job may take to notice before the worker leaves without it. */
    static final Duration CANCEL_LIMIT = Duration.ofSeconds(5);
    /** A job that ends within this time, as one that fails at once, does not wait for the end of a poll. */
    private static final Duration AT_ONCE = Duration.ofMillis(2);

    private static final Duration REFUSED_PAUSE = Duration.ofMillis(500);

    private final JobThread thread;
    private final StopSignal stop;
    private final JobConsumer consumer;
    private final ProgressPublisher progress;
    private final Lookahead<?> lookahead;
    private final JobLimits limits;
    private final LoopHealth health;
    private boolean stuck;

    AttemptRunner(
            JobThread thread,
            StopSignal stop,
            JobConsumer consumer,
            ProgressPublisher progress,
            Lookahead<?> lookahead,
            JobLimits limits,
            LoopHealth health) {
        this.thread = thread;
        this.stop = stop;
        this.consumer = consumer;
        this.progress = progress;
        this.lookahead = lookahead;
        this.limits = limits;
        this.health = health;
    }

    /**
     * Runs an attempt whose start is counted, until it ends or is {@code unwanted}. The job's thread is free afterwards,
     * unless the job does not notice its end; that also where this throws.
     */
    AttemptEnd run(TakenJob taken, JobRun.Work work, BooleanSupplier unwanted) throws InterruptedException {
        JobRun run = new JobRun(
                taken.attempt(), taken.sent().orElseGet(Instant::now), taken.isDegraded(), consumer.lease(), work);
        thread.start(run);
        health.runs(Optional.of(run::silence));
        try {
            run.awaitDone(AT_ONCE);
            watch(taken, run, unwanted);
            return end(taken, run);
        } catch (KafkaException e) {
            // This member goes, refused or for a clock that was set back: whoever takes the job again, it was not its
            // fault.
            consumer.starts().tryUncount(taken);
            throw e;
        } finally {
            health.runs(Optional.empty());
            taken.endStart();
            if (!run.isDone() && !stuck) {
                run.cancel();
                run.awaitDone(CANCEL_LIMIT);
            }
        }
    }

    /** The job that waits behind the running one is no longer prepared ahead: what its first part holds is free again. */
    void endPreparation() {
        lookahead.discard();
    }

    /** Whether a job has not noticed its end, so that no other can begin on its thread. */
    boolean isStuck() {
        return stuck;
    }

    /** Until it ends; it is cancelled if the job is lost, takes too long, is no longer wanted, or the worker has to stop. */
    private void watch(TakenJob taken, JobRun run, BooleanSupplier unwanted) throws InterruptedException {
        Deadline time = Deadline.in(limits.time());
        Deadline notice = null;
        Outage outage = new Outage(LOG);
        while (!run.isDone()) {
            health.beats();
            poll(taken, run, outage);
            if (taken.isLost()) {
                run.lose();
            } else if (stop.isDue()) {
                run.cancel();
            } else if (time.isOver()) {
                run.end(timedOut());
            } else if (unwanted.getAsBoolean()) {
                run.end(CancelRequests.failure());
            }
            if (run.cancelled() && notice == null) {
                notice = Deadline.in(limits.notice());
            }
            if (stop.isDue() && !run.awaitDone(CANCEL_LIMIT)) {
                LOG.warn("Does not notice that it is cancelled; the worker leaves without it");
                return;
            }
            if (notice != null && notice.isOver() && !run.isDone()) {
                LOG.error(
                        "Has not noticed for {} s that it is cancelled",
                        limits.notice().toSeconds());
                stuck = true;
                return;
            }
            progress.report(run);
        }
    }

    /** A right on a topic that is gone for a while leaves the membership as it is; the job goes on. */
    private void poll(TakenJob taken, JobRun run, Outage outage) throws InterruptedException {
        try {
            lookahead.poll(taken);
        } catch (AuthorizationException e) {
            if (Refusal.endsMembership(e)) {
                throw e;
            }
            outage.refused(taken, Refusal.of(e, topic -> AclOperation.READ));
            run.awaitDone(REFUSED_PAUSE);
        }
    }

    private JobException timedOut() {
        return new JobException(
                FailureCode.JOB_TIMED_OUT,
                "The job was not done after " + limits.time().toSeconds()
                        + " s, which is this worker's limit for one start: see --job-seconds.");
    }

    private AttemptEnd end(TakenJob taken, JobRun run) {
        taken.endStart();
        if (!run.cancelled()) {
            progress.reportLast(run);
            return run.end();
        }
        if (run.forcedEnd().isPresent() && !taken.isLost()) {
            return new AttemptEnd.Failed(run.forcedEnd().get());
        }
        if (!taken.isLost()) {
            consumer.starts().tryUncount(taken);
        }
        return new AttemptEnd.GivenBack();
    }
}
