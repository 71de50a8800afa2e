package io.deformux.messaging.member;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.job.PreparingHandler.Prepared;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/**
 * The first part of a job that waits for the running one to end, done by the preparing thread. What was prepared is closed
 * by {@link #discard} or belongs to whoever {@link #await awaited} it.
 */
public final class NextJob implements Runnable {
    private final Callable<Prepared> preparation;
    private final CountDownLatch done = new CountDownLatch(1);
    private Thread thread;
    private Prepared prepared;
    private Throwable failure;
    private boolean discarded;

    public NextJob(Callable<Prepared> preparation) {
        this.preparation = preparation;
    }

    /** Prepares; on the preparing thread. */
    @Override
    public void run() {
        try {
            if (enter()) {
                keep(preparation.call());
            }
        } catch (Throwable e) { // an Error too is this job's
            failure = e;
        } finally {
            leave();
            done.countDown();
        }
    }

    private synchronized boolean enter() {
        thread = Thread.currentThread();
        return !discarded;
    }

    private synchronized void keep(Prepared result) {
        if (discarded) {
            result.close();
        } else {
            prepared = result;
        }
    }

    private synchronized void leave() {
        thread = null;
        Thread.interrupted(); // an interrupt that came too late is not for the next job
    }

    /** Waits for the first part, which the caller then owns; throws what it threw. */
    public Prepared await() throws Exception {
        done.await();
        if (failure instanceof Exception e) {
            throw e;
        }
        if (failure != null) {
            throw (Error) failure;
        }
        return handOver();
    }

    private synchronized Prepared handOver() {
        if (discarded) {
            throw new JobException(FailureCode.JOB_CANCELLED, "The job was given back before it was done.");
        }
        Prepared owned = prepared;
        prepared = null;
        return owned;
    }

    /**
     * Nobody will await the job, or the one who did has ended. Closes what nobody took over; does not wait for a first
     * part that goes on.
     */
    synchronized void discard() {
        if (discarded) {
            return;
        }
        discarded = true;
        if (thread != null) {
            thread.interrupt();
        }
        if (prepared != null) {
            prepared.close();
        }
    }
}
