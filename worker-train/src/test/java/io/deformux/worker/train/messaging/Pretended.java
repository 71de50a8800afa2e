package io.deformux.worker.train.messaging;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.model.ModelStore;
import io.deformux.storage.AccessPolicy;
import io.deformux.worker.train.testing.FoldModels;
import io.deformux.worker.train.testing.Trainings;
import java.nio.file.Path;
import java.util.List;

/** Workers that train nothing: a fold is done at once, with some bytes as its weights. */
final class Pretended {
    private Pretended() {}

    static FoldRunner folds(Path folder) {
        return (fold, context) -> Trainings.result(
                fold.fold(), 0.9, FoldModels.write(folder.resolve("out").resolve(fold.trainingId()), fold.fold()));
    }

    static TrainingWorkerConfig config(KafkaConnection kafka, Path folder) {
        return TrainingWorkerConfig.of(
                kafka,
                "test-train",
                new ModelStore(folder.resolve("models")),
                AccessPolicy.files(List.of(folder), List.of(folder.resolve("out"))),
                folder.resolve("scratch"));
    }
}
