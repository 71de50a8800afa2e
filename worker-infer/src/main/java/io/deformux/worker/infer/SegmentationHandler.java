package io.deformux.worker.infer;

import io.deformux.failure.JobException;
import io.deformux.messaging.JobContext;
import io.deformux.messaging.JobHandler;
import io.deformux.schemas.Event;
import io.deformux.schemas.JobProgress;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.SegmentationFailed;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Segmentation as the job loop sees it: a scan-arrived event in, a result event out, progress on the way. */
public final class SegmentationHandler implements JobHandler<ScanArrived> {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentationHandler.class);

    /** The stage of failures that no stage has: the job never got that far, or the software is at fault. */
    private static final String NO_STAGE = "job";

    private final SegmentationJob job;

    /** A handler that runs that job for every event. */
    public SegmentationHandler(SegmentationJob job) {
        this.job = Objects.requireNonNull(job, "job");
    }

    @Override
    public List<Event> handle(ScanArrived scan, JobContext context) {
        LOG.info(
                "job {} attempt {}: model {}",
                scan.jobId(),
                context.attempt(),
                scan.model().name());
        long start = System.nanoTime();
        SegmentationCompleted completed = job.run(scan, (done, total) -> {
            context.throwIfCancelled();
            context.progress(progress(scan, done, total, System.nanoTime() - start));
        });
        LOG.info("job {} done in {} ms", scan.jobId(), (System.nanoTime() - start) / 1_000_000);
        return List.of(completed);
    }

    @Override
    public Event failed(ScanArrived scan, JobException cause, int attempt) {
        String stage = cause instanceof StageFailure failure ? failure.stage().wireName() : NO_STAGE;
        LOG.warn("job {} failed in stage {}: {} {}", scan.jobId(), stage, cause.code(), cause.getMessage());
        return new SegmentationFailed(
                scan.jobId(),
                stage,
                cause.code().name(),
                cause.getMessage(),
                cause.code().retryable(),
                attempt);
    }

    private static JobProgress progress(ScanArrived scan, int done, int total, long nanos) {
        Optional<Long> eta = done == 0 ? Optional.empty() : Optional.of(nanos / 1_000_000 * (total - done) / done);
        return new JobProgress(scan.jobId(), Stage.INFER.wireName(), done, total, "windows", eta);
    }
}
