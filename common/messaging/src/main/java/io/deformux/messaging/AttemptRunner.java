package io.deformux.messaging;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one attempt at a job on the job's thread and watches it meanwhile. For the loop's thread only. */
final class AttemptRunner {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptRunner.class);
    /** How long a cancelled job may take to notice before the worker leaves without it. */
    static final Duration CANCEL_LIMIT = Duration.ofSeconds(5);

    private final JobThread thread;
    private final StopSignal stop;
    private final JobConsumer consumer;
    private final ProgressPublisher progress;
    private final Lookahead<?> lookahead;

    AttemptRunner(
            JobThread thread,
            StopSignal stop,
            JobConsumer consumer,
            ProgressPublisher progress,
            Lookahead<?> lookahead) {
        this.thread = thread;
        this.stop = stop;
        this.consumer = consumer;
        this.progress = progress;
        this.lookahead = lookahead;
    }

    /**
     * Runs an attempt whose start is counted. The job's thread is free afterwards, unless the job does not notice its
     * end; that also where this throws.
     */
    AttemptEnd run(TakenJob taken, JobRun.Work work) throws InterruptedException {
        JobRun run = new JobRun(taken.attempt(), taken.isDegraded(), consumer.lease(), work);
        thread.start(run);
        try {
            watch(taken, run);
            return end(taken, run);
        } finally {
            taken.endStart();
            if (!run.isDone()) {
                run.cancel();
                run.awaitDone(CANCEL_LIMIT);
            }
        }
    }

    /** The job that waits behind the running one is no longer prepared ahead: what its first part holds is free again. */
    void endPreparation() {
        lookahead.discard();
    }

    /** Until it ends; it is cancelled if the job is lost or the worker has to stop. */
    private void watch(TakenJob taken, JobRun run) throws InterruptedException {
        while (!run.isDone()) {
            lookahead.poll(taken);
            if (taken.isLost()) {
                run.lose();
            } else if (stop.isDue()) {
                run.cancel();
            }
            if (stop.isDue() && !run.awaitDone(CANCEL_LIMIT)) {
                LOG.warn("Does not notice that it is cancelled; the worker leaves without it");
                return;
            }
            progress.report(run);
        }
    }

    private AttemptEnd end(TakenJob taken, JobRun run) {
        taken.endStart();
        if (!run.cancelled()) {
            progress.reportLast(run);
            return run.end();
        }
        if (!taken.isLost()) {
            consumer.tryUncountStart(taken);
        }
        return new AttemptEnd.GivenBack();
    }
}
