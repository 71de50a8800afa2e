package io.deformux.worker.infer;

import io.deformux.messaging.JobLoop;
import io.deformux.messaging.JobWorker;
import io.deformux.messaging.RunningWorker;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.LoopHealth;
import io.deformux.schemas.ScanArrived;
import io.deformux.worker.infer.stage.StageObserver;
import java.time.Duration;
import java.util.Objects;

/** A running inference worker: the job loop on a thread of its own, around one {@link SegmentationJob}. */
public final class InferenceWorker implements RunningWorker {
    private final JobWorker worker;
    private final SegmentationRuntime runtime;

    private InferenceWorker(JobWorker worker, SegmentationRuntime runtime) {
        this.worker = worker;
        this.runtime = runtime;
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
        return new InferenceWorker(JobWorker.start(loop, "inference-loop"), runtime);
    }

    @Override
    public boolean stop(Duration grace) throws InterruptedException {
        boolean ended = worker.stop(grace);
        if (ended) {
            runtime.close();
        }
        return ended;
    }

    /** Whether it works, or waits for what it lacks. */
    public LoopHealth health() {
        return worker.health();
    }

    @Override
    public boolean isAlive() {
        return worker.isAlive();
    }

    @Override
    public void join() throws InterruptedException {
        worker.join();
    }
}
