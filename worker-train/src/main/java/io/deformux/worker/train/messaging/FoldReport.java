package io.deformux.worker.train.messaging;

import io.deformux.messaging.job.JobContext;
import io.deformux.schemas.JobProgress;
import io.deformux.worker.train.job.TrainingListener;
import io.deformux.worker.train.job.TrainingProgress;
import io.deformux.worker.train.job.ValidationScore;
import java.util.Optional;

/** Turns the steps of a fold into progress events, and stops the fold when it was taken away. One thread. */
final class FoldReport implements TrainingListener {
    private final String jobId;
    private final JobContext context;

    FoldReport(String jobId, JobContext context) {
        this.jobId = jobId;
        this.context = context;
    }

    @Override
    public void requireOwned() {
        context.requireOwned();
    }

    @Override
    public boolean owned() {
        return context.owned();
    }

    @Override
    public void stepped(TrainingProgress progress) {
        requireOwned();
        Optional<Long> eta = Double.isFinite(progress.secondsLeft())
                ? Optional.of(Math.max(0, Math.round(progress.secondsLeft() * 1000)))
                : Optional.empty();
        context.progress(new JobProgress(
                jobId,
                "train",
                progress.iteration(),
                progress.iterations(),
                "iterations",
                eta,
                Optional.of(progress.loss()),
                progress.validation().map(ValidationScore::mean).filter(Double::isFinite)));
    }
}
