package io.deformux.worker.train.plan;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Reason;
import io.deformux.schemas.Event;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.FoldFailure;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.ModelTarget;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingFailed;
import io.deformux.schemas.TrainingFoldCompleted;
import io.deformux.schemas.TrainingFoldFailed;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.schemas.TrainingReady;
import io.deformux.schemas.TrainingRequested;
import io.deformux.schemas.TrainingSpec;
import io.deformux.storage.Digest;
import io.deformux.worker.train.plan.TrainingState.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Decides what follows from an event, given what is known of its training. Keeps nothing itself, so that it is the same
 * on every worker; safe to share.
 */
final class Planner {
    /**
     * How long an ended training is known, and how long one may be silent: as long as requests of folds are kept. A
     * training whose folds have gone with the topic's retention would never end otherwise.
     */
    static final Duration RETENTION = Duration.ofDays(30);

    /** Compares as a number does, and later is newer, see {@code VersionOrder} of the model store. */
    private static final DateTimeFormatter VERSION =
            DateTimeFormatter.ofPattern("yyyyMMdd.HHmmss.SSS").withZone(ZoneOffset.UTC);

    private final EventCodec codec = new EventCodec();

    /** What follows from an event of the contract. */
    Step take(Optional<TrainingState> known, Event event, long nowMs) {
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
            return new Step(Optional.of(state.ended(nowMs)), List.of());
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

    /** What follows from the time that has passed. */
    Step age(String trainingId, TrainingState state, long nowMs) {
        if (nowMs - state.changedAtMs() < RETENTION.toMillis()) {
            return Step.none(Optional.of(state));
        }
        if (state.phase() == Phase.ENDED) {
            return new Step(Optional.empty(), List.of());
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
                nowMs - state.requestedAtMs());
        return new Step(Optional.of(state.ended(nowMs)), List.of(failed));
    }

    private Step requested(Optional<TrainingState> known, TrainingRequested request, long nowMs) {
        String sha256 = digest(request);
        if (known.isPresent()) {
            boolean again = isOf(known.get().requestSha256(), request);
            return new Step(known, again ? List.of() : List.of(refused(request.trainingId(), sha256, taken())));
        }
        try {
            requireConsistent(request.training());
        } catch (JobException e) {
            return new Step(Optional.empty(), List.of(refused(request.trainingId(), sha256, e)));
        }
        List<Integer> folds = request.training().split().chosen();
        TrainingState state =
                new TrainingState(sha256, request.modelName(), folds, List.of(), Phase.TRAINING, nowMs, nowMs);
        return new Step(
                Optional.of(state),
                folds.stream().<Event>map(fold -> foldRequest(request, fold)).toList());
    }

    private static TrainingFoldRequested foldRequest(TrainingRequested request, int fold) {
        return new TrainingFoldRequested(
                request.trainingId(), fold, request.training(), request.modelName(), request.output());
    }

    private static Step foldCompleted(TrainingState state, TrainingFoldCompleted fold, long nowMs) {
        TrainingState next = state.with(fold.result(), nowMs);
        if (next.phase() == Phase.TRAINING) {
            return new Step(Optional.of(next), List.of());
        }
        ModelTarget model = new ModelTarget(next.modelName(), VERSION.format(Instant.ofEpochMilli(nowMs)));
        return new Step(
                Optional.of(next),
                List.of(new TrainingReady(
                        fold.trainingId(), next.requestSha256(), model, next.completed(), next.requestedAtMs())));
    }

    private static Step foldFailed(TrainingState state, TrainingFoldFailed fold, long nowMs) {
        Event failed = new TrainingFailed(
                fold.trainingId(),
                state.requestSha256(),
                FailureCode.FOLD_FAILED.name(),
                "Fold " + fold.fold() + " has failed with " + fold.code() + "; its message says what to do.",
                fold.retryable(),
                state.completed(),
                List.of(new FoldFailure(fold.fold(), fold.code(), fold.message())),
                Math.max(0, nowMs - state.requestedAtMs()));
        return new Step(Optional.of(state.ended(nowMs)), List.of(failed));
    }

    private static boolean isOutcome(TrainingState state, String requestSha256) {
        return state.phase() != Phase.ENDED && state.requestSha256().equals(requestSha256);
    }

    /** The digest of the request as the codec writes it: the same for the same content, however it was laid out. */
    private String digest(TrainingRequested request) {
        return Digest.of(codec.toJson(request).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a digest is that of a request; older software took those of version 1. */
    private boolean isOf(String sha256, TrainingRequested request) {
        return sha256.equals(digest(request))
                || codec.toJsonOfVersion1(request)
                        .map(json -> Digest.of(json.getBytes(StandardCharsets.UTF_8)))
                        .filter(sha256::equals)
                        .isPresent();
    }

    /** What no schema can say. */
    private static void requireConsistent(TrainingSpec training) {
        int folds = training.split().folds();
        for (int fold : training.split().chosen()) {
            if (fold >= folds) {
                throw new JobException(
                        FailureCode.FOLDS_INVALID,
                        "Fold " + fold + " is asked for, but " + folds + " folds are counted from 0 to " + (folds - 1)
                                + ".");
            }
        }
        training.preprocessing().explicit().ifPresent(values -> {
            if (!(values.windowLow() < values.windowHigh())) {
                throw new JobException(
                        FailureCode.EVENT_INVALID,
                        "/training/preprocessing/explicit/windowHigh: must be above windowLow");
            }
            boolean percentiles = values.intensity().equals(Optional.of(IntensityMethod.PERCENTILES));
            if (percentiles && (values.windowLow() < 0 || values.windowHigh() > 100)) {
                throw new JobException(
                        FailureCode.EVENT_INVALID,
                        "/training/preprocessing/explicit: windowLow and windowHigh of percentiles must be 0 to 100");
            }
        });
    }

    private static JobException taken() {
        return new JobException(
                FailureCode.TRAINING_ID_TAKEN,
                "A training of this id was requested before, with other content; take another id.");
    }

    /** The answer to a request that is not taken on. */
    static TrainingFailed refused(String trainingId, String requestSha256, JobException cause) {
        Reason reason = Reason.of(cause);
        return new TrainingFailed(
                trainingId,
                requestSha256,
                reason.code(),
                reason.message(),
                reason.retryable(),
                List.of(),
                List.of(),
                0);
    }
}
