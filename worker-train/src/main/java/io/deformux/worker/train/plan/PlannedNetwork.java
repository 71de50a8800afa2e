package io.deformux.worker.train.plan;

import io.deformux.failure.FailureCode;
import io.deformux.schemas.ComparedNetwork;
import io.deformux.schemas.FailedNetwork;
import io.deformux.schemas.FoldMeasurement;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.TrainedNetwork;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingFailed;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one network of a comparison.
 *
 * @param name what the comparison calls it
 * @param architecture its kind
 * @param trainingId its training
 * @param requestSha256 the digest of the request for that
 * @param trained what came of it
 * @param failed why nothing came of it
 */
record PlannedNetwork(
        String name,
        String architecture,
        String trainingId,
        String requestSha256,
        Optional<TrainedNetwork> trained,
        Optional<FailedNetwork> failed) {

    static PlannedNetwork of(ComparedNetwork network, String trainingId, String requestSha256) {
        return new PlannedNetwork(
                network.name(),
                network.architecture().name(),
                trainingId,
                requestSha256,
                Optional.empty(),
                Optional.empty());
    }

    boolean hasEnded() {
        return trained.isPresent() || failed.isPresent();
    }

    /** Whether an outcome is that of its training, and not of another request under the same id. */
    boolean awaits(String training, String sha256) {
        return !hasEnded() && trainingId.equals(training) && requestSha256.equals(sha256);
    }

    PlannedNetwork with(TrainingCompleted end) {
        List<FoldMeasurement> measured = end.folds().stream()
                .map(FoldResult::measured)
                .flatMap(Optional::stream)
                .toList();
        if (measured.size() < end.folds().size()) {
            return failed(
                    FailureCode.FOLD_UNMEASURED.name(),
                    "A fold was trained by a worker of an older version, which measures nothing: update all training"
                            + " workers and send the comparison again under another id.");
        }
        return new PlannedNetwork(
                name,
                architecture,
                trainingId,
                requestSha256,
                Optional.of(new TrainedNetwork(name, architecture, trainingId, measured, end.model(), end.modelUri())),
                Optional.empty());
    }

    /** The code is that of the fold that failed, which says more than that one has. */
    PlannedNetwork with(TrainingFailed end) {
        return end.failedFolds().stream()
                .findFirst()
                .map(fold -> failed(fold.code(), fold.message()))
                .orElseGet(() -> failed(end.code(), end.message()));
    }

    private PlannedNetwork failed(String code, String message) {
        return new PlannedNetwork(
                name,
                architecture,
                trainingId,
                requestSha256,
                Optional.empty(),
                Optional.of(new FailedNetwork(name, trainingId, code, message)));
    }
}
