package io.deformux.worker.train.messaging;

import io.deformux.failure.JobException;
import io.deformux.messaging.job.JobContext;
import io.deformux.messaging.job.JobHandler;
import io.deformux.schemas.ComparisonReady;
import io.deformux.schemas.Event;
import io.deformux.schemas.Publication;
import io.deformux.schemas.TrainingReady;
import java.util.List;
import java.util.Set;

/** Gives each publication to the handler of its kind. */
final class ReadyHandler implements JobHandler<Publication> {
    private final JobHandler<TrainingReady> trainings;
    private final JobHandler<ComparisonReady> comparisons;

    ReadyHandler(JobHandler<TrainingReady> trainings, JobHandler<ComparisonReady> comparisons) {
        this.trainings = trainings;
        this.comparisons = comparisons;
    }

    @Override
    public List<Event> handle(Publication job, JobContext context) throws Exception {
        return job instanceof TrainingReady training
                ? trainings.handle(training, context)
                : comparisons.handle((ComparisonReady) job, context);
    }

    @Override
    public Event failed(Publication job, JobException cause, int attempt) {
        return job instanceof TrainingReady training
                ? trainings.failed(training, cause, attempt)
                : comparisons.failed((ComparisonReady) job, cause, attempt);
    }

    @Override
    public Set<String> cancelledBy(Publication job) {
        return job instanceof TrainingReady training
                ? trainings.cancelledBy(training)
                : comparisons.cancelledBy((ComparisonReady) job);
    }
}
