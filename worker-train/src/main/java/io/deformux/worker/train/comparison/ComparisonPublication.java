package io.deformux.worker.train.comparison;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.ComparisonReady;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.FoldMeasurement;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.TrainedNetwork;
import io.deformux.storage.IoReason;
import io.deformux.storage.ObjectName;
import io.deformux.storage.Scratch;
import io.deformux.storage.StorageRouter;
import io.deformux.storage.StoredObject;
import io.deformux.worker.train.measurement.Scores;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Makes the table of a comparison and stores it as JSON, CSV and Markdown beside the output. One at a time. */
public final class ComparisonPublication {
    private final StorageRouter storage;
    private final Path scratch;
    private final EventCodec codec = new EventCodec();

    /** A form of the table as a file. */
    private enum Form {
        JSON("json", "application/json"),
        CSV("csv", "text/csv"),
        MARKDOWN("md", "text/markdown");

        private final String ending;
        private final String mediaType;

        Form(String ending, String mediaType) {
            this.ending = ending;
            this.mediaType = mediaType;
        }

        private String role() {
            return "comparison-" + name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param storage where folds have written and the table goes
     * @param scratch where to keep files meanwhile
     */
    public ComparisonPublication(StorageRouter storage, Path scratch) {
        this.storage = Objects.requireNonNull(storage, "storage");
        this.scratch = Objects.requireNonNull(scratch, "scratch");
    }

    /**
     * Publishes; again for the same event, it stores and gives the same.
     *
     * @param durationMs from the request to now
     * @param owned called before each file is read or stored; what it throws ends the publication
     * @throws JobException INPUT_NOT_FOUND or INPUT_DIGEST_MISMATCH if a fold's scores are gone or were changed,
     *     INPUT_TRUNCATED if they are none, and as {@link StorageRouter#store} says
     */
    public ComparisonCompleted publish(ComparisonReady ready, long durationMs, Runnable owned) {
        try (Scratch work = Scratch.in(scratch)) {
            List<NetworkScores> scores = new ArrayList<>();
            for (TrainedNetwork network : ready.networks()) {
                scores.add(scores(network, owned, work));
            }
            ComparisonTable table = ComparisonTable.of(ready.networks(), scores, ready.seed());
            ComparisonCompleted bare = completed(ready, table, List.of(), durationMs);
            List<OutputFile> files = new ArrayList<>();
            for (Form form : Form.values()) {
                owned.run();
                files.add(stored(form, bare, ready.output(), work));
            }
            return completed(ready, table, files, durationMs);
        }
    }

    private NetworkScores scores(TrainedNetwork network, Runnable owned, Scratch work) {
        List<Scores> folds = new ArrayList<>();
        for (FoldMeasurement fold : network.folds()) {
            owned.run();
            Path file = storage.fetch(
                            fold.scores().uri(), Optional.of(fold.scores().sha256()), work)
                    .path();
            try {
                folds.add(Scores.read(file));
            } catch (IOException e) {
                throw new JobException(
                        FailureCode.INPUT_TRUNCATED,
                        "the scores of a fold of " + network.name() + " cannot be read: " + IoReason.of(e),
                        e);
            }
        }
        return NetworkScores.of(folds);
    }

    private OutputFile stored(Form form, ComparisonCompleted table, URI output, Scratch work) {
        String name = table.comparisonId() + "." + form.ending;
        Path file = work.path().resolve(name);
        try {
            Files.write(file, lines(form, table), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new JobException(
                    DiskFull.or(FailureCode.OUTPUT_FAILED, e), "the table cannot be written: " + IoReason.of(e), e);
        }
        StoredObject object = storage.store(file, output, ObjectName.of(name));
        return new OutputFile(object.uri(), form.mediaType, object.bytes(), object.sha256(), form.role());
    }

    private List<String> lines(Form form, ComparisonCompleted table) {
        return switch (form) {
            case JSON -> List.of(codec.toJson(table));
            case CSV -> ComparisonCsv.lines(table);
            case MARKDOWN -> new ComparisonReport(table).markdown();
        };
    }

    private static ComparisonCompleted completed(
            ComparisonReady ready, ComparisonTable table, List<OutputFile> files, long durationMs) {
        return new ComparisonCompleted(
                ready.comparisonId(),
                ready.requestSha256(),
                table.cases(),
                ComparisonTable.RESAMPLES,
                ready.seed(),
                table.networks(),
                ready.failed(),
                files,
                durationMs);
    }
}
