package io.deformux.worker.train.messaging;

import io.deformux.failure.JobException;
import io.deformux.failure.Reason;
import io.deformux.messaging.job.JobContext;
import io.deformux.messaging.job.JobHandler;
import io.deformux.model.ModelPackage;
import io.deformux.schemas.Event;
import io.deformux.schemas.ModelPublished;
import io.deformux.schemas.ModelVersion;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingFailed;
import io.deformux.schemas.TrainingReady;
import io.deformux.worker.train.publish.DiceSummary;
import io.deformux.worker.train.publish.EnsemblePublication;
import io.deformux.worker.train.publish.ModelOrigin;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A publication as the job loop sees it: a training whose folds are there in, the published model and the end out. */
final class PublicationHandler implements JobHandler<TrainingReady> {
    private final EnsemblePublication publication;
    private final Clock clock;

    PublicationHandler(EnsemblePublication publication, Clock clock) {
        this.publication = Objects.requireNonNull(publication, "publication");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public List<Event> handle(TrainingReady ready, JobContext context) {
        ModelPackage published = publication.publish(ready, context::requireOwned);
        DiceSummary dice = DiceSummary.of(ready.folds());
        URI uri = published.directory().toUri();
        String name = published.id().name();
        String version = published.id().version();
        return List.of(
                new ModelPublished(
                        name,
                        version,
                        published.digest(),
                        uri,
                        dice.labels(),
                        dice.mean(),
                        Optional.of(ready.trainingId()),
                        Optional.of(ModelOrigin.of(ready, published.manifest()))),
                new TrainingCompleted(
                        ready.trainingId(),
                        ready.requestSha256(),
                        ready.folds(),
                        dice.labels(),
                        dice.mean(),
                        dice.sd(),
                        new ModelVersion(name, version, published.digest()),
                        uri,
                        durationMs(ready),
                        ready.comparisonId()));
    }

    @Override
    public Set<String> cancelledBy(TrainingReady ready) {
        return Stream.concat(Stream.of(ready.trainingId()), ready.comparisonId().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public Event failed(TrainingReady ready, JobException cause, int attempt) {
        Reason reason = Reason.of(cause);
        return new TrainingFailed(
                ready.trainingId(),
                ready.requestSha256(),
                reason.code(),
                reason.message(),
                reason.retryable(),
                ready.folds(),
                List.of(),
                durationMs(ready),
                ready.comparisonId());
    }

    private long durationMs(TrainingReady ready) {
        return Math.max(0, clock.millis() - ready.requestedAtMs());
    }
}
