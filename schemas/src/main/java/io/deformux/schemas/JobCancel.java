package io.deformux.schemas;

/**
 * A request: end this job. It holds for jobs that were sent before it, running or waiting, as long as the topic keeps it.
 *
 * @param jobId a scan's job id, a comparison's id (all its trainings), a training's id (all its folds), or the id of one fold
 *     as progress events name it
 */
public record JobCancel(String jobId) implements Event {
    /** The CloudEvents type. */
    public static final String TYPE = "io.deformux.job.cancel.v1";

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String topic() {
        return Topics.JOB_CANCEL;
    }

    @Override
    public String key() {
        return jobId;
    }
}
