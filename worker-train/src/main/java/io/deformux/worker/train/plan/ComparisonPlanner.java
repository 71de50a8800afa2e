package io.deformux.worker.train.plan;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.Reason;
import io.deformux.schemas.ComparedNetwork;
import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.ComparisonFailed;
import io.deformux.schemas.ComparisonReady;
import io.deformux.schemas.ComparisonRequested;
import io.deformux.schemas.Event;
import io.deformux.schemas.FailedNetwork;
import io.deformux.schemas.JobCancel;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingFailed;
import io.deformux.schemas.TrainingRequested;
import io.deformux.worker.train.plan.ComparisonState.Phase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Decides what follows from an event, given what is known of its comparison. */
final class ComparisonPlanner implements Decisions<ComparisonState> {
    /** How long nothing may be heard: each training ends within a shorter time, and results are kept no longer. */
    static final Duration SILENCE = Duration.ofDays(92);

    private final RequestDigests digests;

    ComparisonPlanner(RequestDigests digests) {
        this.digests = digests;
    }

    @Override
    public Step<ComparisonState> take(Optional<ComparisonState> known, Event event, long nowMs) {
        if (event instanceof ComparisonRequested request) {
            return requested(known, request, nowMs);
        }
        if (known.isEmpty() || known.get().phase() == Phase.ENDED) {
            return Step.none(known); // what ends the trainings of a comparison that has ended, too
        }
        ComparisonState state = known.get();
        if (event instanceof TrainingCompleted end) {
            return ended(state, end.trainingId(), end.requestSha256(), network -> network.with(end), nowMs, id(end));
        }
        if (event instanceof TrainingFailed end) {
            return ended(state, end.trainingId(), end.requestSha256(), network -> network.with(end), nowMs, id(end));
        }
        if (event instanceof JobCancel cancel) {
            return failed(cancel.jobId(), state, cancelled(), nowMs);
        }
        boolean over = event instanceof ComparisonCompleted completed
                        && completed.requestSha256().equals(state.requestSha256())
                || event instanceof ComparisonFailed failed
                        && failed.requestSha256().equals(state.requestSha256());
        return over ? new Step<>(Optional.of(state.ended(nowMs)), List.of()) : Step.none(known);
    }

    private static String id(TrainingCompleted end) {
        return end.comparisonId().orElseThrow();
    }

    private static String id(TrainingFailed end) {
        return end.comparisonId().orElseThrow();
    }

    private Step<ComparisonState> requested(Optional<ComparisonState> known, ComparisonRequested request, long nowMs) {
        String sha256 = digests.of(request);
        if (known.isPresent()) {
            boolean again = known.get().requestSha256().equals(sha256);
            return again ? Step.none(known) : refuse(known, request, sha256, taken());
        }
        try {
            RequestRules.requireConsistent(
                    request.training().split(), request.training().preprocessing());
            requireNames(request);
        } catch (JobException e) {
            return refuse(Optional.empty(), request, sha256, e);
        }
        List<TrainingRequested> trainings =
                request.networks().stream().map(request::training).toList();
        List<PlannedNetwork> networks = request.networks().stream()
                .map(network -> PlannedNetwork.of(
                        network, request.trainingId(network.name()), digests.of(request.training(network))))
                .toList();
        return new Step<>(
                Optional.of(new ComparisonState(
                        sha256, networks, request.training().seed(), request.output(), Phase.TRAINING, nowMs, nowMs)),
                List.copyOf(trainings));
    }

    private static Step<ComparisonState> refuse(
            Optional<ComparisonState> known, ComparisonRequested request, String sha256, JobException why) {
        return Step.refused(known, refused(request.comparisonId(), sha256, why), why);
    }

    private Step<ComparisonState> ended(
            ComparisonState state,
            String trainingId,
            String sha256,
            UnaryOperator<PlannedNetwork> change,
            long nowMs,
            String comparisonId) {
        Optional<PlannedNetwork> network = state.awaiting(trainingId, sha256);
        if (network.isEmpty()) {
            return Step.none(Optional.of(state));
        }
        ComparisonState next = state.with(network.get(), change, nowMs);
        if (next.phase() == Phase.TRAINING) {
            return Step.none(Optional.of(next));
        }
        if (next.trained().isEmpty()) {
            return failed(comparisonId, next, empty(next), nowMs);
        }
        return new Step<>(
                Optional.of(next),
                List.of(new ComparisonReady(
                        comparisonId,
                        next.requestSha256(),
                        next.trained(),
                        next.failed(),
                        next.seed(),
                        next.output(),
                        next.requestedAtMs())));
    }

    @Override
    public Step<ComparisonState> age(String id, ComparisonState state, long nowMs) {
        long silent = nowMs - state.changedAtMs();
        if (state.phase() == Phase.ENDED) {
            return silent < Planner.RETENTION.toMillis()
                    ? Step.none(Optional.of(state))
                    : new Step<>(Optional.empty(), List.of());
        }
        return silent < SILENCE.toMillis() ? Step.none(Optional.of(state)) : failed(id, state, expired(), nowMs);
    }

    @Override
    public Event failed(String id, ComparisonState state, JobException cause) {
        return failure(id, state.requestSha256(), cause, state.failed(), 0);
    }

    /** The answer to a request that is not taken on. */
    static ComparisonFailed refused(String comparisonId, String requestSha256, JobException cause) {
        return failure(comparisonId, requestSha256, cause, List.of(), 0);
    }

    private static Step<ComparisonState> failed(String id, ComparisonState state, JobException cause, long nowMs) {
        return new Step<>(
                Optional.of(state.ended(nowMs)),
                List.of(failure(
                        id, state.requestSha256(), cause, state.failed(), Math.max(0, nowMs - state.requestedAtMs()))));
    }

    private static ComparisonFailed failure(
            String id, String requestSha256, JobException cause, List<FailedNetwork> failed, long durationMs) {
        Reason reason = Reason.of(cause);
        return new ComparisonFailed(
                id, requestSha256, reason.code(), reason.message(), reason.retryable(), failed, durationMs);
    }

    private static void requireNames(ComparisonRequested request) {
        Set<String> names = new HashSet<>();
        for (ComparedNetwork network : request.networks()) {
            if (!names.add(network.name())) {
                throw new JobException(
                        FailureCode.NETWORK_NAME_TAKEN,
                        "Two networks are called " + network.name() + "; give each a name of its own.");
            }
        }
    }

    private static JobException taken() {
        return new JobException(
                FailureCode.COMPARISON_ID_TAKEN,
                "A comparison of this id was requested before, with other content; take another id.");
    }

    /** Also of a comparison whose end was asked for before the plan knew of it: its trainings were told so. */
    private static JobException empty(ComparisonState state) {
        String cancelled = FailureCode.JOB_CANCELLED_BY_REQUEST.name();
        if (state.failed().stream().anyMatch(network -> network.code().equals(cancelled))) {
            return cancelled();
        }
        return new JobException(
                FailureCode.COMPARISON_EMPTY,
                "No network was trained to the end, so there is nothing to compare; each says why.");
    }

    private static JobException cancelled() {
        return new JobException(
                FailureCode.JOB_CANCELLED_BY_REQUEST,
                "Somebody asked for the end of this comparison; send it again to have it.");
    }

    private static JobException expired() {
        return new JobException(
                FailureCode.COMPARISON_EXPIRED,
                "No training has ended for " + SILENCE.toDays() + " days; see that training workers run, and send the"
                        + " comparison again under another id.");
    }
}
