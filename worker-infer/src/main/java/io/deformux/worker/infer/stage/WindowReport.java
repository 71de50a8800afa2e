package io.deformux.worker.infer.stage;

import io.deformux.messaging.job.JobContext;
import io.deformux.schemas.JobProgress;
import java.time.Instant;
import java.util.Optional;

/** Turns the windows of one job into progress events and stops the job when it was taken away. One thread. */
public final class WindowReport implements JobWatch {
    private static final long NANOS_PER_MS = 1_000_000;

    private final String jobId;
    private final JobContext context;
    private int firstDone;
    private long firstNanos;

    public WindowReport(String jobId, JobContext context) {
        this.jobId = jobId;
        this.context = context;
    }

    @Override
    public void requireOwned() {
        context.requireOwned();
    }

    @Override
    public Instant asked() {
        return context.sent();
    }

    @Override
    public void windowsDone(int done, int total) {
        requireOwned();
        context.progress(new JobProgress(jobId, Stage.INFER.wireName(), done, total, "windows", eta(done, total)));
    }

    /** From the pace since the first report, so that loading and preprocessing do not count as windows. */
    private Optional<Long> eta(int done, int total) {
        long now = System.nanoTime();
        if (firstDone == 0 || done <= firstDone) { // the latter where the scan begins anew
            firstDone = done;
            firstNanos = now;
            return Optional.empty();
        }
        return Optional.of((now - firstNanos) / NANOS_PER_MS * (total - done) / (done - firstDone));
    }
}
