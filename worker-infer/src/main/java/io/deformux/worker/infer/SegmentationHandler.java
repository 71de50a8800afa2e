package io.deformux.worker.infer;

import io.deformux.failure.JobException;
import io.deformux.failure.Reason;
import io.deformux.messaging.job.JobContext;
import io.deformux.messaging.job.PreparingHandler;
import io.deformux.schemas.Event;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.worker.infer.result.WrittenResult;
import io.deformux.worker.infer.stage.StageFailure;
import io.deformux.worker.infer.stage.WindowReport;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Segmentation as the job loop sees it: a scan-arrived event in, a result event out, progress on the way. */
public final class SegmentationHandler implements PreparingHandler<ScanArrived> {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentationHandler.class);

    /** The stage of failures that no stage has: the job never got that far, or the software is at fault. */
    private static final String NO_STAGE = "job";

    private final SegmentationJob job;

    /** A handler that runs that job for every event. */
    public SegmentationHandler(SegmentationJob job) {
        this.job = Objects.requireNonNull(job, "job");
    }

    @Override
    public Prepared prepare(ScanArrived scan) {
        return job.computed(scan).map(this::storing).orElseGet(() -> segmenting(scan));
    }

    private Prepared segmenting(ScanArrived scan) {
        PreparedJob prepared = job.prepare(scan);
        return new Prepared() {
            @Override
            public List<Event> handle(JobContext context) {
                if (context.degraded()) {
                    job.forgetModel();
                }
                if (prepared instanceof AnsweredJob answered) {
                    LOG.info("Was done before with the same input, model and settings: its outputs are there");
                    return List.of(answered.completed());
                }
                return done(job.run(prepared, new WindowReport(scan.jobId(), context)));
            }

            @Override
            public void close() {
                prepared.close();
            }
        };
    }

    /** The rest of a job that was computed before and could not be stored. */
    private Prepared storing(WrittenResult computed) {
        AtomicBoolean begun = new AtomicBoolean();
        return new Prepared() {
            @Override
            public List<Event> handle(JobContext context) {
                begun.set(true);
                LOG.info("Was computed before, is stored only");
                return done(job.resume(computed, new WindowReport(computed.job().jobId(), context)));
            }

            @Override
            public void close() {
                if (!begun.getAndSet(true)) {
                    job.giveBack(computed);
                }
            }
        };
    }

    private static List<Event> done(SegmentationCompleted completed) {
        LOG.info("Model {}: ms per stage {}", completed.model().name(), completed.timingsMs());
        return List.of(completed);
    }

    @Override
    public Event failed(ScanArrived scan, JobException cause, int attempt) {
        job.forgetComputed(scan);
        String stage = cause instanceof StageFailure failure ? failure.stage().wireName() : NO_STAGE;
        Reason reason = Reason.of(cause);
        return new SegmentationFailed(
                scan.jobId(), stage, reason.code(), reason.message(), reason.retryable(), attempt);
    }
}
