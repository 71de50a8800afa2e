package io.deformux.worker.train.messaging;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.model.Member;
import io.deformux.model.ModelId;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.model.WindowDefaults;
import io.deformux.network.weights.Precision;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.FoldMeasurement;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.LabelDice;
import io.deformux.schemas.StoredModel;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.storage.Digest;
import io.deformux.storage.IoReason;
import io.deformux.storage.Scratch;
import io.deformux.worker.train.job.TrainedFold;
import io.deformux.worker.train.job.ValidationScore;
import io.deformux.worker.train.publish.ModelOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The model package of a trained fold, and the event that speaks of it. */
final class FoldModel {
    private static final String WEIGHTS = "model.pt";

    private final String softwareVersion;

    FoldModel(String softwareVersion) {
        this.softwareVersion = softwareVersion;
    }

    /** The package of the fold with that folder. */
    static Path directory(Path folder) {
        return folder.resolve("model");
    }

    String softwareVersion() {
        return softwareVersion;
    }

    /**
     * Stores the package in {@code folder/model} and tells of it. One that an earlier attempt has stored is kept if it is
     * the same, and replaced if not: a training that is made longer has another best network.
     *
     * @param owned called before anything is seen
     */
    FoldResult store(
            TrainingFoldRequested request,
            FoldPlan plan,
            TrainedFold trained,
            Optional<FoldMeasurement> measured,
            Path folder,
            long durationMs,
            Runnable owned) {
        Path directory = directory(folder);
        ModelPackage stored = packaged(trained.weights(), directory, manifest(request, plan, trained.sha256()), owned);
        return new FoldResult(
                request.fold(),
                dice(plan, trained.best()),
                foreground(trained.best()),
                trained.best().iteration(),
                trained.losses().size(),
                new StoredModel(directory.toUri(), digest(stored)),
                plan.dataset().digest(),
                Map.of("training", request.training().seed()),
                durationMs,
                measured);
    }

    private static ModelPackage packaged(Path weights, Path directory, ModelManifest manifest, Runnable owned) {
        try {
            try (Scratch work = Scratch.in(directory.toAbsolutePath().getParent())) {
                // The weights were read to their digest when they were kept; nobody reads them again until somebody
                // else opens the package.
                ModelPackage fresh = ModelPackage.around(weights, work.path().resolve("fresh"), manifest);
                if (Files.exists(directory)) {
                    // What another process has left is believed once it was read.
                    Optional<ModelPackage> present = whole(directory);
                    if (present.isPresent() && present.get().digest().equals(fresh.digest())) {
                        return present.get();
                    }
                }
                owned.run();
                if (Files.exists(directory)) {
                    Files.move(directory, work.path().resolve("former"), StandardCopyOption.ATOMIC_MOVE);
                }
                return fresh.movedTo(directory);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** A package that is not damaged. */
    private static Optional<ModelPackage> whole(Path directory) {
        try {
            return Optional.of(ModelPackage.open(directory));
        } catch (JobException e) {
            if (e.code() == FailureCode.MODEL_INVALID || e.code() == FailureCode.MODEL_DIGEST_MISMATCH) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static JobException failed(IOException e) {
        return new JobException(
                DiskFull.or(FailureCode.OUTPUT_FAILED, e),
                "the fold's model package cannot be written or read: " + IoReason.of(e) + "; look at the disk of the"
                        + " output",
                e);
    }

    private ModelManifest manifest(TrainingFoldRequested request, FoldPlan plan, String sha256) {
        var crop = plan.settings().crop();
        ObjectNode provenance = JsonNodeFactory.instance.objectNode();
        provenance.put("software", "deformux " + softwareVersion);
        provenance.put("training", request.trainingId());
        provenance.put("fold", request.fold());
        ModelOrigin.dataset(request.training().dataset()).ifPresent(name -> provenance.put("dataset", name));
        provenance.put("settings", plan.settings().toString());
        request.training()
                .preprocessing()
                .explicit()
                .flatMap(ExplicitPreprocessing::planned)
                .ifPresent(words -> words.forEach(provenance.withArray("planned")::add));
        plan.fold().validation().forEach(provenance.withArray("validation")::add);
        return new ModelManifest(
                new ModelId(request.modelName(), "fold-" + request.fold()),
                plan.preset(),
                plan.settings().network(),
                new WindowDefaults(
                        List.of(crop.d(), crop.h(), crop.w()), plan.settings().overlap(), "constant"),
                Precision.FP32,
                List.of(new Member(WEIGHTS, sha256, OptionalInt.of(request.fold()))),
                provenance);
    }

    private static List<LabelDice> dice(FoldPlan plan, ValidationScore best) {
        List<LabelDice> dice = new ArrayList<>();
        List<String> targets = plan.preset().targets();
        for (int target = 1; target < targets.size(); target++) {
            double score = best.dicePerLabel().get(target);
            dice.add(new LabelDice(
                    target, targets.get(target), Double.isNaN(score) ? Optional.empty() : Optional.of(score)));
        }
        return dice;
    }

    private static double foreground(ValidationScore best) {
        double mean = best.foreground();
        return Double.isNaN(mean) ? 0 : mean;
    }

    /** Of the folder, as the event states it; the weights have the digest that the manifest states. */
    static String digest(ModelPackage stored) {
        try {
            return Digest.ofAll(List.of(
                    Digest.of(stored.directory().resolve(ModelManifest.FILE)),
                    stored.manifest().members().get(0).sha256()));
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
