package io.deformux.worker.train.plan;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Reason;
import io.deformux.schemas.Event;
import io.deformux.schemas.FoldFailure;
import io.deformux.schemas.ModelTarget;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingFailed;
import io.deformux.schemas.TrainingFoldCompleted;
import io.deformux.schemas.TrainingFoldFailed;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.schemas.TrainingReady;
import io.deformux.schemas.TrainingRequested;
import io.deformux.worker.train.plan.TrainingState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Decides what follows from an event, given what is known of its training. */
final class Planner implements Decisions<TrainingState> {
    /**
     * How long an ended training is known, and how long one may be silent: as long as requests of folds are kept. A
     * training whose folds have gone with the topic's retention would never end otherwise.
     */
    static final Duration RETENTION = Duration.ofDays(30);

    /** Compares as a number does, and later is newer, see {@code VersionOrder} of the model store. */
    private static final DateTimeFormatter VERSION =
            DateTimeFormatter.ofPattern("yyyyMMdd.HHmmss.SSS").withZone(ZoneOffset.UTC);

    private final RequestDigests digests;

    Planner(RequestDigests digests) {
        this.digests = digests;
    }

    @Override
    public Step<TrainingState> take(Optional<TrainingState> known, Event event, long nowMs) {
        if (event instanceof TrainingRequested request) {
            return requested(known, request, nowMs);
        }
        if (known.isEmpty()) {
            return Step.unused(known, unused(event, "is not known, or no longer"));
        }
        TrainingState state = known.get();
        if (event instanceof TrainingFoldCompleted fold
                && state.awaits(fold.result().fold())) {
            return foldCompleted(state, fold, nowMs);
        }
        if (event instanceof TrainingFoldFailed fold && state.awaits(fold.fold())) {
            return foldFailed(state, fold, nowMs);
        }
        if (event instanceof TrainingCompleted ended && isOutcome(state, ended.requestSha256())
                || event instanceof TrainingFailed failed && isOutcome(state, failed.requestSha256())) {
            return new Step<>(Optional.of(state.ended(nowMs)), List.of());
        }
        return Step.unused(known, unused(state, event));
    }

    /** What to say of a fold's result that nobody waits for; one that is counted already was said once. */
    private static Optional<JobException> unused(TrainingState state, Event event) {
        if (event instanceof TrainingFoldCompleted fold
                && state.completed().stream().anyMatch(result -> result.equals(fold.result()))) {
            return Optional.empty();
        }
        return unused(event, state.phase() == Phase.ENDED ? "has ended" : "does not wait for it");
    }

    private static Optional<JobException> unused(Event event, String why) {
        return event instanceof TrainingFoldCompleted fold
                ? Optional.of(new JobException(
                        FailureCode.FOLD_NOT_AWAITED,
                        "The result of fold " + fold.result().fold() + " counts for nothing: its training " + why
                                + ". The fold's model is where the result says; to use the fold, send the training again"
                                + " under another id and with the same output."))
                : Optional.empty();
    }

    @Override
    public Step<TrainingState> age(String trainingId, TrainingState state, long nowMs) {
        if (nowMs - state.changedAtMs() < RETENTION.toMillis()) {
            return Step.none(Optional.of(state));
        }
        if (state.phase() == Phase.ENDED) {
            return new Step<>(Optional.empty(), List.of());
        }
        Event failed = new TrainingFailed(
                trainingId,
                state.requestSha256(),
                FailureCode.TRAINING_EXPIRED.name(),
                "No fold has ended for " + RETENTION.toDays() + " days; see that training workers run, and send the"
                        + " training again under another id.",
                FailureCode.TRAINING_EXPIRED.retryable(),
                state.completed(),
                List.of(),
                nowMs - state.requestedAtMs(),
                state.comparisonId());
        return new Step<>(Optional.of(state.ended(nowMs)), List.of(failed));
    }

    private Step<TrainingState> requested(Optional<TrainingState> known, TrainingRequested request, long nowMs) {
        String sha256 = digests.of(request);
        if (known.isPresent()) {
            boolean again = digests.isOf(known.get().requestSha256(), request);
            return again ? Step.none(known) : refuse(known, request, sha256, taken());
        }
        try {
            RequestRules.requireConsistent(
                    request.training().split(), request.training().preprocessing());
        } catch (JobException e) {
            return refuse(Optional.empty(), request, sha256, e);
        }
        List<Integer> folds = request.training().split().chosen();
        TrainingState state = new TrainingState(
                sha256, request.modelName(), folds, List.of(), Phase.TRAINING, nowMs, nowMs, request.comparisonId());
        return new Step<>(
                Optional.of(state),
                folds.stream().<Event>map(fold -> foldRequest(request, fold)).toList());
    }

    private static TrainingFoldRequested foldRequest(TrainingRequested request, int fold) {
        return new TrainingFoldRequested(
                request.trainingId(),
                fold,
                request.training(),
                request.modelName(),
                request.output(),
                request.comparisonId());
    }

    private static Step<TrainingState> foldCompleted(TrainingState state, TrainingFoldCompleted fold, long nowMs) {
        TrainingState next = state.with(fold.result(), nowMs);
        if (next.phase() == Phase.TRAINING) {
            return new Step<>(Optional.of(next), List.of());
        }
        ModelTarget model = new ModelTarget(next.modelName(), VERSION.format(Instant.ofEpochMilli(nowMs)));
        return new Step<>(
                Optional.of(next),
                List.of(new TrainingReady(
                        fold.trainingId(),
                        next.requestSha256(),
                        model,
                        next.completed(),
                        next.requestedAtMs(),
                        next.comparisonId())));
    }

    private static Step<TrainingState> foldFailed(TrainingState state, TrainingFoldFailed fold, long nowMs) {
        Event failed = new TrainingFailed(
                fold.trainingId(),
                state.requestSha256(),
                FailureCode.FOLD_FAILED.name(),
                "Fold " + fold.fold() + " has failed with " + fold.code() + "; its message says what to do.",
                fold.retryable(),
                state.completed(),
                List.of(new FoldFailure(fold.fold(), fold.code(), fold.message())),
                Math.max(0, nowMs - state.requestedAtMs()),
                state.comparisonId());
        return new Step<>(Optional.of(state.ended(nowMs)), List.of(failed));
    }

    private static boolean isOutcome(TrainingState state, String requestSha256) {
        return state.phase() != Phase.ENDED && state.requestSha256().equals(requestSha256);
    }

    private static JobException taken() {
        return new JobException(
                FailureCode.TRAINING_ID_TAKEN,
                "A training of this id was requested before, with other content; take another id.");
    }

    @Override
    public Event failed(String id, TrainingState state, JobException cause) {
        return refused(id, state.requestSha256(), cause, state.comparisonId());
    }

    private static Step<TrainingState> refuse(
            Optional<TrainingState> known, TrainingRequested request, String sha256, JobException why) {
        return Step.refused(known, refused(request.trainingId(), sha256, why, request.comparisonId()), why);
    }

    /** The answer to a request that is not taken on. */
    static TrainingFailed refused(
            String trainingId, String requestSha256, JobException cause, Optional<String> comparisonId) {
        Reason reason = Reason.of(cause);
        return new TrainingFailed(
                trainingId,
                requestSha256,
                reason.code(),
                reason.message(),
                reason.retryable(),
                List.of(),
                List.of(),
                0,
                comparisonId);
    }
}
