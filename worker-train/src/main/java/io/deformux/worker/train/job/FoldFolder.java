package io.deformux.worker.train.job;

import ai.djl.ndarray.NDArray;
import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.TrainableNetwork;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.worker.train.optimization.AdamW;
import io.deformux.worker.train.optimization.TrainingStep;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a fold keeps on disk: the checkpoint it goes on from, and the best network so far. One thread. */
final class FoldFolder {
    private final Path folder;
    private final String identity;

    /**
     * A folder that need not be there yet.
     *
     * @param identity what its checkpoint must belong to
     */
    FoldFolder(Path folder, String identity) {
        this.folder = folder;
        this.identity = identity;
    }

    /** Makes the folder if it is not there; throws {@link JobException} OUTPUT_FAILED or DISK_FULL. */
    void make() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new JobException(
                    DiskFull.or(FailureCode.OUTPUT_FAILED, e), "the fold's folder cannot be made: " + e, e);
        }
    }

    /**
     * Sets network and optimizer to the checkpoint, and gives its history; empty if there is none.
     *
     * @throws JobException CHECKPOINT_INVALID
     */
    Optional<TrainingHistory> resume(TrainableNetwork network, TrainingStep step) {
        Path file = folder.resolve(FoldJob.CHECKPOINT);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        TrainingCheckpoint checkpoint = TrainingCheckpoint.read(file, identity);
        network.set(checkpoint.weights());
        AdamW optimizer = step.optimizer();
        set(optimizer.firstMoments(), checkpoint.firstMoments());
        set(optimizer.secondMoments(), checkpoint.secondMoments());
        TrainingHistory history = new TrainingHistory(checkpoint.losses(), checkpoint.validations());
        optimizer.resumeAt(history.iteration());
        return Optional.of(history);
    }

    /** Replaces the checkpoint by one of now. */
    void keep(TrainableNetwork network, TrainingStep step, TrainingHistory history) {
        new TrainingCheckpoint(
                        identity,
                        history.losses(),
                        history.validations(),
                        network.weights(),
                        values(step.optimizer().firstMoments()),
                        values(step.optimizer().secondMoments()))
                .write(folder.resolve(FoldJob.CHECKPOINT));
    }

    /** Replaces the best network's file and never writes into it: a model package may hold it under another name. */
    void keepBest(TrainableNetwork network) {
        Path staged = folder.resolve("." + FoldJob.BEST);
        try {
            TorchScriptArchive.write(staged, network.config().program(), network.weights(), Precision.FP32);
            Files.move(staged, best(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new JobException(
                    DiskFull.or(FailureCode.OUTPUT_FAILED, e), "the trained network cannot be written: " + e, e);
        }
    }

    /** Where the best network is. */
    Path best() {
        return folder.resolve(FoldJob.BEST);
    }

    private static void set(Map<String, NDArray> arrays, Map<String, float[]> values) {
        values.forEach((name, value) -> arrays.get(name).set(FloatBuffer.wrap(value)));
    }

    private static Map<String, float[]> values(Map<String, NDArray> arrays) {
        Map<String, float[]> values = new LinkedHashMap<>();
        arrays.forEach((name, array) -> values.put(name, array.toFloatArray()));
        return values;
    }
}
