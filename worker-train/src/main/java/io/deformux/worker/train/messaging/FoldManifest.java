package io.deformux.worker.train.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.model.ModelPackage;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.InvalidEventException;
import io.deformux.schemas.TrainingFoldCompleted;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.storage.Digest;
import io.deformux.storage.IoReason;
import io.deformux.storage.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What came of a fold, kept beside its model ({@code manifest.json}), so that the same fold again is answered as before
 * without training. The last thing that a fold writes. One thread.
 *
 * @param folder the fold's
 * @param request what was asked for
 * @param identity stands for request, data and software
 */
record FoldManifest(Path folder, TrainingFoldRequested request, String identity) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "manifest.json";
    private static final String IDENTITY = "identity";
    private static final String COMPLETED = "completed";

    static FoldManifest of(
            Path folder,
            TrainingFoldRequested request,
            FoldPlan plan,
            Optional<String> initialWeights,
            String softwareVersion) {
        String all = String.join(
                "\n",
                request.identity(),
                plan.dataset().digest(),
                plan.fold().toString(),
                initialWeights.orElse(""),
                softwareVersion);
        return new FoldManifest(folder, request, Digest.of(all.getBytes(StandardCharsets.UTF_8)));
    }

    /** What an earlier run of the same fold has said, if its model is still there as it was. */
    Optional<FoldResult> find() {
        Path file = folder.resolve(FILE);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode manifest = JSON.readTree(file.toFile());
            if (!manifest.path(IDENTITY).asText().equals(identity)) {
                return Optional.empty();
            }
            TrainingFoldCompleted completed = (TrainingFoldCompleted) new EventCodec()
                    .fromJson(TrainingFoldCompleted.TYPE, JSON.writeValueAsBytes(manifest.path(COMPLETED)));
            ModelPackage model = ModelPackage.open(FoldModel.directory(folder));
            return Optional.of(completed.result())
                    .filter(result ->
                            FoldModel.digest(model).equals(result.model().sha256()))
                    .filter(result -> result.measured()
                            .map(measured -> FoldMeasuring.holds(measured, folder))
                            .orElse(request.comparisonId().isEmpty()));
        } catch (IOException | IllegalArgumentException | InvalidEventException | JobException e) {
            return Optional.empty(); // then the fold goes on from its checkpoint
        }
    }

    /**
     * Keeps a result.
     *
     * @param owned called before it is seen
     */
    void write(FoldResult result, Runnable owned) {
        try (Scratch work = Scratch.in(folder)) {
            ObjectNode manifest = JSON.createObjectNode();
            manifest.put(IDENTITY, identity);
            manifest.set(
                    COMPLETED,
                    JSON.readTree(new EventCodec().toJson(new TrainingFoldCompleted(request.trainingId(), result))));
            Path staged = work.path().resolve(FILE);
            JSON.writerWithDefaultPrettyPrinter().writeValue(staged.toFile(), manifest);
            owned.run();
            Files.move(
                    staged, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new JobException(
                    DiskFull.or(FailureCode.OUTPUT_FAILED, e),
                    "the fold's manifest cannot be written: " + IoReason.of(e),
                    e);
        }
    }
}
