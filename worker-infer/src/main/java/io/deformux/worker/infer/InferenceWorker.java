package io.deformux.worker.infer;

import io.deformux.messaging.JobLoop;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.LoopHealth;
import io.deformux.schemas.ScanArrived;
import io.deformux.worker.infer.stage.StageObserver;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running inference worker: the job loop on a thread of its own, around one {@link SegmentationJob}. */
public final class InferenceWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceWorker.class);

    private final JobLoop<ScanArrived> loop;
    private final SegmentationRuntime runtime;
    private final Thread thread;

    private InferenceWorker(JobLoop<ScanArrived> loop, SegmentationRuntime runtime) {
        this.loop = loop;
        this.runtime = runtime;
        this.thread = new Thread(loop, "inference-loop");
    }

    /**
     * Starts a worker: it proves its arithmetic, joins its group and takes jobs until it is stopped.
     *
     * @throws io.deformux.failure.JobException {@code ARITHMETIC_UNPROVEN} if this machine computes wrong in every way that
     *     the configuration allows, or if the model to preload cannot be
     */
    public static InferenceWorker start(InferenceWorkerConfig config) {
        return start(config, JobObserver.NONE, StageObserver.NONE);
    }

    /** The same of a worker whose jobs and stages somebody hears of. */
    public static InferenceWorker start(InferenceWorkerConfig config, JobObserver jobs, StageObserver stages) {
        Objects.requireNonNull(config, "config");
        return start(
                config,
                SegmentationRuntime.create(
                        config.models(), config.access(), config.segmentation(), config.compute(), stages),
                jobs);
    }

    /** The same around a runtime, which it owns. */
    static InferenceWorker start(InferenceWorkerConfig config, SegmentationRuntime runtime) {
        return start(config, runtime, JobObserver.NONE);
    }

    private static InferenceWorker start(InferenceWorkerConfig config, SegmentationRuntime runtime, JobObserver jobs) {
        try {
            runtime.prove();
            config.preload().ifPresent(runtime::preload);
        } catch (RuntimeException e) {
            runtime.close();
            throw e;
        }
        JobLoop<ScanArrived> loop = new JobLoop<>(
                config.kafka(), config.loop(), ScanArrived.class, new SegmentationHandler(runtime.job()), jobs);
        InferenceWorker worker = new InferenceWorker(loop, runtime);
        worker.thread.start();
        return worker;
    }

    /**
     * Stops: a running job may end within {@code grace}, then it is given back to the queue.
     *
     * @return whether the worker has ended
     */
    public boolean stop(Duration grace) throws InterruptedException {
        boolean ended = loop.stop(grace);
        if (ended) {
            runtime.close();
        } else {
            LOG.warn("the running job did not stop; its worker leaves the group when the process ends");
        }
        return ended;
    }

    /** Whether it works, or waits for what it lacks. */
    public LoopHealth health() {
        return loop.health();
    }

    /** Whether its thread runs. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Waits until the worker has ended, which it does after {@link #stop}. */
    public void join() throws InterruptedException {
        thread.join();
    }

    /** Stops without grace: a running job goes back to the queue. */
    @Override
    public void close() {
        try {
            stop(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
