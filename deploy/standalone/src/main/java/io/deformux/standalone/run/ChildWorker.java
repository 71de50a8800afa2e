package io.deformux.standalone.run;

import io.deformux.messaging.RunningWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker in a process of its own, which is started again when it ends unasked: a GPU that has failed answers nothing else in the
 * process that it failed in. Belongs to the thread that stops it; its own thread is a daemon.
 */
public final class ChildWorker implements RunningWorker {
    private static final Logger LOG = LoggerFactory.getLogger(ChildWorker.class);

    private final String name;
    private final Starter starter;
    private final Duration pause;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Process process;

    /** Starts the process. */
    @FunctionalInterface
    public interface Starter {
        Process start() throws IOException;
    }

    private ChildWorker(String name, Starter starter, Duration pause) throws IOException {
        this.name = name;
        this.starter = starter;
        this.pause = pause;
        this.process = starter.start();
    }

    /**
     * Starts one.
     *
     * @param name for the log
     * @param pause before it is started again
     */
    public static ChildWorker start(String name, Starter starter, Duration pause) {
        try {
            ChildWorker worker = new ChildWorker(name, starter, pause);
            Thread watch = new Thread(worker::watch, "watch-" + name);
            watch.setDaemon(true);
            watch.start();
            return worker;
        } catch (IOException e) {
            throw new UncheckedIOException("the worker on " + name + " cannot be started", e);
        }
    }

    private void watch() {
        try {
            while (true) {
                int code = process.waitFor();
                if (stopping.getCount() == 0) {
                    return;
                }
                LOG.warn("the worker on {} has ended with code {} and is started again", name, code);
                if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                if (!startedAgain()) {
                    return;
                }
            }
        } catch (IOException e) {
            LOG.error("the worker on {} cannot be started again", name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    /** Never once the worker is to stop: nobody would end that process. */
    private synchronized boolean startedAgain() throws IOException {
        if (stopping.getCount() == 0) {
            return false;
        }
        process = starter.start();
        return true;
    }

    private synchronized Process lastAsked() {
        stopping.countDown();
        return process;
    }

    @Override
    public boolean stop(Duration grace) throws InterruptedException {
        Process last = lastAsked();
        last.destroy();
        boolean inTime = last.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
        if (!inTime) {
            last.destroyForcibly();
        }
        ended.await();
        return inTime;
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void join() throws InterruptedException {
        ended.await();
    }
}
