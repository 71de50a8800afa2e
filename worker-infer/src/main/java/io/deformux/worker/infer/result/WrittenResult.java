package io.deformux.worker.infer.result;

import io.deformux.schemas.OutputFile;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.storage.Scratch;
import io.deformux.worker.infer.outputs.WrittenFile;
import io.deformux.worker.infer.stage.StageClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a job has computed, as files that are still to be stored, or some of them: nothing of the scan is in memory any
 * more. It owns the folder of the files; close it. One thread at a time.
 */
public final class WrittenResult implements AutoCloseable {
    private final ResultPlace place;
    private final ResultSettings settings;
    private final Instant begun;
    private final List<WrittenFile> files;
    private final Scratch scratch;
    private final StageClock clock;
    private final Function<List<OutputFile>, SegmentationCompleted> event;
    private final Map<WrittenFile, OutputFile> stored = new HashMap<>();

    /**
     * A result of which nothing is stored yet.
     *
     * @param place where its outputs go
     * @param settings with which it was made
     * @param begun when the job first began
     * @param files what to store, in that order, in {@code scratch}
     * @param clock how long each stage took so far
     * @param event what to say when all of it is stored
     */
    public WrittenResult(
            ResultPlace place,
            ResultSettings settings,
            Instant begun,
            List<WrittenFile> files,
            Scratch scratch,
            StageClock clock,
            Function<List<OutputFile>, SegmentationCompleted> event) {
        this.place = place;
        this.settings = settings;
        this.begun = begun;
        this.files = List.copyOf(files);
        this.scratch = scratch;
        this.clock = clock;
        this.event = event;
    }

    public ScanArrived job() {
        return place.job();
    }

    public ResultPlace place() {
        return place;
    }

    public ResultSettings settings() {
        return settings;
    }

    Instant begun() {
        return begun;
    }

    public Scratch scratch() {
        return scratch;
    }

    /** All files, stored or not. */
    List<WrittenFile> files() {
        return files;
    }

    public StageClock clock() {
        return clock;
    }

    /** What is not stored yet. */
    List<WrittenFile> left() {
        return files.stream().filter(file -> !stored.containsKey(file)).toList();
    }

    void stored(WrittenFile file, OutputFile output) {
        stored.put(file, output);
    }

    /** Stored outputs that are to be stored again. */
    void forget(Predicate<OutputFile> changed) {
        stored.values().removeIf(changed);
    }

    /** What to say, once nothing is left. */
    public SegmentationCompleted completed() {
        return event.apply(files.stream().map(stored::get).toList());
    }

    /** The room that its files take. */
    long bytes() {
        try {
            long bytes = 0;
            for (WrittenFile file : files) {
                bytes += Files.size(file.path());
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("the files of a result went away", e);
        }
    }

    @Override
    public void close() {
        scratch.close();
    }
}
