package io.deformux.schemas;

import java.util.Objects;
import java.util.Optional;

/**
 * How far a job is; sent now and then while it runs, and not kept for long.
 *
 * @param jobId the job
 * @param stage the stage that runs, as {@code inference}
 * @param done units done so far
 * @param total units of the whole stage, 1 or more
 * @param unit what is counted, as {@code windows}
 * @param etaMs expected time to the end of the stage in ms; absent: not known yet
 * @param loss of a training, the loss of the last step; absent for other jobs
 * @param dice of a training, the mean Dice of the last validation; absent before the first one
 */
public record JobProgress(
        String jobId,
        String stage,
        long done,
        long total,
        String unit,
        Optional<Long> etaMs,
        Optional<Double> loss,
        Optional<Double> dice)
        implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.job.progress.v1";

    /** A report; what is optional may be empty but not {@code null}. */
    public JobProgress {
        Objects.requireNonNull(etaMs, "etaMs");
        Objects.requireNonNull(loss, "loss");
        Objects.requireNonNull(dice, "dice");
    }

    /** A report of a job that trains nothing. */
    public JobProgress(String jobId, String stage, long done, long total, String unit, Optional<Long> etaMs) {
        this(jobId, stage, done, total, unit, etaMs, Optional.empty(), Optional.empty());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String topic() {
        return Topics.PROGRESS;
    }

    @Override
    public String key() {
        return jobId;
    }
}
