package io.deformux.messaging;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.job.JobContext;
import io.deformux.messaging.member.Lease;
import io.deformux.schemas.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One start of a job: the job's thread runs it, the loop's thread watches it.
 *
 * <p>A {@link java.util.concurrent.Future} says that it is done as soon as it is cancelled. This one is done when the
 * thread has left the job, so that the next job never meets it on the device.
 */
final class JobRun implements Runnable, JobContext {
    /** The job and the making of its records. */
    interface Work {
        /** Gives the records to publish. */
        List<ProducerRecord<byte[], byte[]>> run(JobContext context) throws Exception;
    }

    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
    private static final Duration LEASE_LOOK = Duration.ofMillis(200);

    private final int attempt;
    private final Instant sent;
    private final boolean degraded;
    private final Lease lease;
    private final Work work;
    private final AtomicReference<Event> progress = new AtomicReference<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private AttemptEnd end;
    private volatile Thread thread;
    private volatile boolean cancelled;
    private volatile long signAt = System.nanoTime();
    private Optional<JobException> forcedEnd = Optional.empty();
    private volatile boolean lost;

    JobRun(int attempt, Instant sent, boolean degraded, Lease lease, Work work) {
        this.attempt = attempt;
        this.sent = sent;
        this.degraded = degraded;
        this.lease = lease;
        this.work = work;
    }

    @Override
    public void run() {
        try {
            enter();
            throwIfCancelled();
            end = new AttemptEnd.Succeeded(work.run(this));
        } catch (JobException e) {
            end = new AttemptEnd.Failed(e);
        } catch (OutOfMemoryError e) {
            end = new AttemptEnd.Failed(new JobException(
                    FailureCode.HEAP_OUT_OF_MEMORY,
                    "The worker has too little memory for this job: give the JVM more (-Xmx).",
                    e));
        } catch (Throwable e) { // an Error too is this job's, as long as the loop can still run
            end = new AttemptEnd.Failed(new JobException(
                    FailureCode.INTERNAL,
                    "The worker failed unexpectedly (" + e.getClass().getSimpleName() + "); its log has the details.",
                    e));
        } finally {
            leave();
            done.countDown();
        }
    }

    private synchronized void enter() {
        thread = Thread.currentThread();
    }

    private synchronized void leave() {
        thread = null;
        Thread.interrupted(); // an interrupt that came too late is not for the next job
    }

    /** Interrupts the job; it is done when its thread has left it. */
    synchronized void cancel() {
        if (!cancelled) {
            cancelled = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /** Interrupts the job, which has failed so unless it was cancelled before. */
    synchronized void end(JobException cause) {
        if (!cancelled) {
            forcedEnd = Optional.of(cause);
            cancel();
        }
    }

    /** What the job has failed of by the loop's decision. */
    synchronized Optional<JobException> forcedEnd() {
        return forcedEnd;
    }

    /** Cancels a job that is another worker's. */
    void lose() {
        lost = true;
        cancel();
    }

    boolean isDone() {
        return done.getCount() == 0;
    }

    /** Waits for the end; {@code false} if it has not come in time. */
    boolean awaitDone(Duration limit) throws InterruptedException {
        return done.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How it ended, once it {@link #isDone}; of no meaning if it was cancelled. */
    AttemptEnd end() {
        return end;
    }

    /** The newest progress that was not taken yet. */
    Optional<Event> takeProgress() {
        return Optional.ofNullable(progress.getAndSet(null));
    }

    @Override
    public Instant sent() {
        return sent;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public boolean degraded() {
        return degraded;
    }

    /** How long it has neither said nor asked anything. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - signAt);
    }

    private void sign() {
        signAt = System.nanoTime();
    }

    @Override
    public void progress(Event event) {
        sign();
        progress.set(event);
    }

    @Override
    public void requireOwned() {
        throwIfCancelled();
        if (lease.holds()) {
            return;
        }
        LOG.warn("Waits: Kafka has not confirmed in time that the job is still this worker's");
        try {
            while (!lease.await(LEASE_LOOK)) {
                throwIfCancelled();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException(FailureCode.JOB_CANCELLED, "The job was given back before it was done.", e);
        }
        throwIfCancelled();
        LOG.info("Goes on: the job is still this worker's");
    }

    @Override
    public boolean owned() {
        sign();
        return !lost && lease.holds();
    }

    @Override
    public boolean cancelled() {
        if (Thread.currentThread() == thread) { // the loop asks too
            sign();
        }
        return cancelled;
    }
}
