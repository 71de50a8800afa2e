package io.deformux.worker.train.messaging;

import io.deformux.failure.JobException;
import io.deformux.failure.Reason;
import io.deformux.messaging.job.JobContext;
import io.deformux.messaging.job.JobHandler;
import io.deformux.schemas.Event;
import io.deformux.schemas.TrainingFoldCompleted;
import io.deformux.schemas.TrainingFoldFailed;
import io.deformux.schemas.TrainingFoldRequested;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A fold as the job loop sees it: a request in, a result event out. */
final class FoldHandler implements JobHandler<TrainingFoldRequested> {
    private final FoldRunner runner;

    FoldHandler(FoldRunner runner) {
        this.runner = Objects.requireNonNull(runner, "runner");
    }

    @Override
    public List<Event> handle(TrainingFoldRequested fold, JobContext context) throws Exception {
        return List.of(new TrainingFoldCompleted(fold.trainingId(), runner.run(fold, context)));
    }

    @Override
    public Set<String> cancelledBy(TrainingFoldRequested fold) {
        return Stream.concat(Stream.of(fold.key(), fold.trainingId()), fold.comparisonId().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public Event failed(TrainingFoldRequested fold, JobException cause, int attempt) {
        Reason reason = Reason.of(cause);
        return new TrainingFoldFailed(
                fold.trainingId(), fold.fold(), reason.code(), reason.message(), reason.retryable(), attempt);
    }
}
