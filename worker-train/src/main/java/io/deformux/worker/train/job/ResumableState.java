package io.deformux.worker.train.job;

import ai.djl.ndarray.NDArray;
import io.deformux.network.TrainableNetwork;
import io.deformux.worker.train.optimization.TrainingStep;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How far a fold is, which a checkpoint keeps together with the network and what its optimizer remembers. One thread. */
final class ResumableState {
    private final FoldIdentity identity;
    private TrainingHistory history = new TrainingHistory();
    private Optional<String> best = Optional.empty();
    private double secondsBefore;

    /**
     * The beginning of a fold.
     *
     * @param identity of settings and data, for which alone a checkpoint is good
     */
    ResumableState(FoldIdentity identity) {
        this.identity = identity;
    }

    TrainingHistory history() {
        return history;
    }

    /** The digest of the network that validated best. */
    Optional<String> best() {
        return best;
    }

    void setBest(String sha256) {
        best = Optional.of(sha256);
    }

    /** Time in s that was spent in steps before this job. */
    double secondsBefore() {
        return secondsBefore;
    }

    /** Goes on from the checkpoint of a fold's folder, if there is one. */
    void resume(FoldFolder folder, TrainableNetwork network, TrainingStep step) {
        folder.checkpoint(identity).ifPresent(checkpoint -> resume(checkpoint, network, step));
    }

    private void resume(TrainingCheckpoint checkpoint, TrainableNetwork network, TrainingStep step) {
        network.set(checkpoint.weights());
        set(step.optimizer().firstMoments(), checkpoint.firstMoments());
        set(step.optimizer().secondMoments(), checkpoint.secondMoments());
        history = new TrainingHistory(checkpoint.losses(), checkpoint.validations());
        best = checkpoint.best();
        secondsBefore = checkpoint.seconds();
        step.optimizer().resumeAt(history.iteration());
    }

    private static void set(Map<String, NDArray> arrays, Map<String, float[]> values) {
        arrays.forEach((name, array) -> array.set(FloatBuffer.wrap(values.get(name))));
    }

    /**
     * All that {@link #resume} takes.
     *
     * @param seconds that this job has spent in steps
     */
    TrainingCheckpoint checkpoint(TrainableNetwork network, TrainingStep step, double seconds) {
        return new TrainingCheckpoint(
                identity.text(),
                history.losses(),
                history.validations(),
                best,
                network.weights(),
                values(step.optimizer().firstMoments()),
                values(step.optimizer().secondMoments()),
                secondsBefore + seconds);
    }

    private static Map<String, float[]> values(Map<String, NDArray> arrays) {
        Map<String, float[]> values = new LinkedHashMap<>();
        arrays.forEach((name, array) -> values.put(name, array.toFloatArray()));
        return values;
    }
}
