package io.deformux.messaging;

import io.deformux.messaging.job.LoopHealth;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job loop on a thread of its own. */
public final class JobWorker implements RunningWorker {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorker.class);

    private final JobLoop<?> loop;
    private final Thread thread;

    private JobWorker(JobLoop<?> loop, String name) {
        this.loop = loop;
        this.thread = new Thread(loop, name);
    }

    /**
     * Starts a loop.
     *
     * @param name of its thread
     */
    public static JobWorker start(JobLoop<?> loop, String name) {
        JobWorker worker = new JobWorker(loop, name);
        worker.thread.start();
        return worker;
    }

    @Override
    public boolean stop(Duration grace) throws InterruptedException {
        boolean ended = loop.stop(grace);
        if (!ended) {
            LOG.warn("the running job did not stop; its worker leaves the group when the process ends");
        }
        return ended;
    }

    /** Whether it works, or waits for what its worker lacks. */
    public LoopHealth health() {
        return loop.health();
    }

    @Override
    public boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public void join() throws InterruptedException {
        thread.join();
    }
}
