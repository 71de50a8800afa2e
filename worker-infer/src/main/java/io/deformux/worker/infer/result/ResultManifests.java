package io.deformux.worker.infer.result;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.failure.WarningCode;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.InvalidEventException;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manifests beside the outputs: {@code manifest.json} says with which settings they were made, when their job first
 * began, what event named them and, to those who know it, what the source is called ({@link SourceName}). It is the last thing
 * that a job writes, so where it is, the outputs are whole. Safe to share.
 */
public final class ResultManifests {
    private static final Logger LOG = LoggerFactory.getLogger(ResultManifests.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** An event of 1 MB, and the spaces that make it readable. */
    private static final int MOST_BYTES = 4 << 20;

    private static final String SETTINGS = "settings";
    private static final String COMPLETED = "completed";
    private static final String BEGUN = "begun";
    private static final String SOURCE = "sourceNameSha256";

    private final StorageRouter storage;
    private final EventCodec codec = new EventCodec();

    public ResultManifests(StorageRouter storage) {
        this.storage = Objects.requireNonNull(storage, "storage");
    }

    /**
     * What an earlier run of the same job, input, model and settings has said, if all that it stored is still there: of
     * its size, and its digest as far as {@link StorageRouter#holds} looks. What lacks something for want of heap is no
     * answer: another worker, or this one at another time, may have more.
     */
    public Optional<SegmentationCompleted> find(ResultPlace place, ResultSettings settings) {
        return storage.read(place.job().output(), place.manifest(), MOST_BYTES)
                .flatMap(json -> read(json, settings))
                .filter(place::fits)
                .filter(ResultManifests::isWhole)
                .filter(this::isThere);
    }

    /** When the first run of the same job, input and model began, if one came to its end, whatever its settings. */
    public Optional<Instant> begun(ResultPlace place) {
        return storage.read(place.job().output(), place.manifest(), MOST_BYTES).flatMap(ResultManifests::begun);
    }

    private static Optional<Instant> begun(byte[] manifest) {
        try {
            return Optional.of(Instant.parse(JSON.readTree(manifest).path(BEGUN).asText()));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<SegmentationCompleted> read(byte[] manifest, ResultSettings settings) {
        try {
            JsonNode tree = JSON.readTree(manifest);
            Map<String, String> made = JSON.convertValue(tree.path(SETTINGS), new TypeReference<>() {});
            if (!settings.values().equals(made)) {
                return Optional.empty();
            }
            byte[] completed = JSON.writeValueAsBytes(tree.path(COMPLETED));
            return Optional.of((SegmentationCompleted) codec.fromJson(SegmentationCompleted.TYPE, completed));
        } catch (IOException | IllegalArgumentException | InvalidEventException e) {
            LOG.warn("The manifest beside the outputs cannot be used, they are made again");
            return Optional.empty();
        }
    }

    private static boolean isWhole(SegmentationCompleted completed) {
        return completed.warnings().orElse(List.of()).stream()
                .noneMatch(warning -> warning.code().equals(WarningCode.RADIOMICS_LACK_HEAP.name()));
    }

    private boolean isThere(SegmentationCompleted completed) {
        boolean all = completed.outputs().stream().allMatch(this::isThere);
        if (!all) {
            LOG.warn("Outputs that were stored before are gone or changed, they are made again");
        }
        return all;
    }

    private boolean isThere(OutputFile output) {
        try {
            return storage.holds(new StoredObject(output.uri(), output.sizeBytes(), output.sha256()));
        } catch (JobException e) {
            // Results and manifests that were moved together name places of before, which may be allowed no more.
            if (e.code() == FailureCode.REFERENCE_NOT_ALLOWED || e.code() == FailureCode.REFERENCE_UNSUPPORTED) {
                return false;
            }
            throw e;
        }
    }

    /** Stores the manifest of outputs that are stored. */
    public void write(WrittenResult result, SegmentationCompleted completed) {
        ResultPlace place = result.place();
        Path file = result.scratch().path().resolve("manifest.json");
        try {
            ObjectNode manifest = JSON.createObjectNode();
            manifest.set(SETTINGS, JSON.valueToTree(result.settings().values()));
            manifest.put(BEGUN, result.begun().toString());
            manifest.put(
                    SOURCE, SourceName.digest(SourceName.of(place.job().input().uri()), place.inputSha256()));
            manifest.set(COMPLETED, JSON.readTree(codec.toJson(completed)));
            Files.writeString(
                    file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest), StandardCharsets.UTF_8);
        } catch (JacksonException e) {
            throw new IllegalStateException("an event is JSON", e);
        } catch (IOException e) {
            throw new JobException(
                    FailureCode.OUTPUT_FAILED, "the manifest could not be written: check the scratch disk", e);
        }
        storage.store(file, place.job().output(), place.manifest());
    }
}
