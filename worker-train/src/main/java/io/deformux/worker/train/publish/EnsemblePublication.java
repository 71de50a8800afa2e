package io.deformux.worker.train.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.model.Member;
import io.deformux.model.ModelId;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.model.ModelStore;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.TrainingReady;
import io.deformux.storage.Scratch;
import io.deformux.storage.StorageRouter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes one package of the folds' packages and puts it into the store. One at a time. */
public final class EnsemblePublication {
    private final ModelStore models;
    private final StorageRouter storage;
    private final Path scratch;

    /**
     * @param models where to publish
     * @param storage where the folds' packages are read; it must allow the trainings' output folders
     * @param scratch where to keep files meanwhile
     */
    public EnsemblePublication(ModelStore models, StorageRouter storage, Path scratch) {
        this.models = Objects.requireNonNull(models, "models");
        this.storage = Objects.requireNonNull(storage, "storage");
        this.scratch = Objects.requireNonNull(scratch, "scratch");
    }

    /**
     * Publishes; again for the same event, it changes nothing and gives the same.
     *
     * @param owned called before each fold is read and before the store is written to; what it throws ends the publication
     * @return the package in the store
     * @throws JobException INPUT_NOT_FOUND or INPUT_DIGEST_MISMATCH if a fold's package is gone or was changed;
     *     MODEL_INVALID if the folds do not make an ensemble; and as {@link ModelStore#publish} says
     */
    public ModelPackage publish(TrainingReady ready, Runnable owned) {
        List<ModelManifest> folds = new ArrayList<>();
        List<Path> weights = new ArrayList<>();
        try (Scratch work = Scratch.in(scratch)) {
            for (FoldResult fold : ready.folds()) {
                owned.run();
                Path folder = storage.fetch(
                                fold.model().uri(), Optional.of(fold.model().sha256()), work)
                        .path();
                ModelManifest manifest = ModelPackage.complete(folder);
                require(manifest.members().size() == 1, "the package of fold " + fold.fold() + " must have one member");
                folds.add(manifest);
                weights.add(folder.resolve(manifest.members().get(0).file()));
            }
            owned.run();
            return models.publish(manifest(ready, folds), weights);
        }
    }

    private static ModelManifest manifest(TrainingReady ready, List<ModelManifest> folds) {
        ModelManifest first = folds.get(0);
        List<Member> members = new ArrayList<>();
        for (int n = 0; n < folds.size(); n++) {
            ModelManifest each = folds.get(n);
            int fold = ready.folds().get(n).fold();
            require(
                    each.preset().equals(first.preset())
                            && each.network().equals(first.network())
                            && each.window().equals(first.window())
                            && each.precision() == first.precision(),
                    "the package of fold " + fold + " differs from that of fold "
                            + ready.folds().get(0).fold() + " in more than its weights");
            members.add(new Member("fold-" + fold + ".pt", each.members().get(0).sha256(), OptionalInt.of(fold)));
        }
        return new ModelManifest(
                new ModelId(ready.model().name(), ready.model().version()),
                first.preset(),
                first.network(),
                first.window(),
                first.precision(),
                members,
                provenance(ready, folds));
    }

    /** Depends on the event and the folds alone, see the package documentation. */
    private static ObjectNode provenance(TrainingReady ready, List<ModelManifest> manifests) {
        ObjectNode provenance = JsonNodeFactory.instance.objectNode();
        provenance.put("training", ready.trainingId());
        provenance.put("requestSha256", ready.requestSha256());
        provenance.put("meanDice", DiceSummary.of(ready.folds()).mean());
        ArrayNode folds = provenance.putArray("folds");
        for (int n = 0; n < manifests.size(); n++) {
            FoldResult result = ready.folds().get(n);
            ObjectNode fold = folds.addObject();
            fold.put("fold", result.fold());
            fold.put("datasetSha256", result.datasetSha256());
            fold.put("iterations", result.iterations());
            fold.put("bestIteration", result.bestIteration());
            fold.put("meanDice", result.meanDice());
            ObjectNode seeds = fold.putObject("seeds");
            result.seeds().forEach(seeds::put);
            ObjectNode dice = fold.putObject("dice");
            result.dice().forEach(label -> label.dice().ifPresent(score -> dice.put(label.name(), score)));
            fold.set("provenance", manifests.get(n).provenance());
        }
        return provenance;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new JobException(FailureCode.MODEL_INVALID, message);
        }
    }
}
