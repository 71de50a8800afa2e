package io.deformux.worker.train.curves;

import io.deformux.failure.DiskFull;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.worker.train.job.TrainingListener;
import io.deformux.worker.train.job.TrainingProgress;
import io.deformux.worker.train.job.ValidationScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a fold's curves for TensorBoard: {@code train/loss} and {@code train/learning_rate} at every step, {@code
 * validation/dice/NAME} and {@code validation/dice/mean} at every validation. A fold that goes on from a checkpoint begins
 * a new file at its step, also where it does so within one job. On the fold's thread; close it.
 */
public final class Curves implements TrainingListener, AutoCloseable {
    private final Path folder;
    private final List<String> labels;
    private final Clock clock;
    private Optional<EventFile> file = Optional.empty();
    private int last;

    /**
     * Curves in a fold's folder.
     *
     * @param labels the names of the classes, the background first
     */
    public Curves(Path folder, List<String> labels) {
        this(folder, labels, Clock.systemUTC());
    }

    Curves(Path folder, List<String> labels, Clock clock) {
        this.folder = folder;
        this.labels = List.copyOf(labels);
        this.clock = clock;
    }

    @Override
    public void stepped(TrainingProgress progress) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("train/loss", progress.loss());
        values.put("train/learning_rate", progress.learningRate());
        if (progress.iteration() <= last) {
            end();
        }
        write(progress.iteration(), values);
    }

    @Override
    public void validated(ValidationScore score) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int label = 0; label < score.dicePerLabel().size(); label++) {
            double dice = score.dicePerLabel().get(label);
            if (Double.isFinite(dice)) {
                values.put("validation/dice/" + labels.get(label), dice);
            }
        }
        values.put("validation/dice/mean", score.mean());
        if (score.iteration() < last) {
            end();
        }
        write(score.iteration(), values);
    }

    private void write(int step, Map<String, Double> values) {
        at(step).scalars(step, values);
        last = step;
    }

    private EventFile at(int step) {
        if (file.isEmpty()) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new JobException(
                        DiskFull.or(FailureCode.OUTPUT_FAILED, e), "the fold's folder cannot be made: " + e, e);
            }
            file = Optional.of(EventFile.begin(folder, step, clock));
        }
        return file.get();
    }

    /** TensorBoard drops what went further than the step that the next file begins at. */
    private void end() {
        close();
        file = Optional.empty();
    }

    @Override
    public void close() {
        file.ifPresent(EventFile::close);
    }
}
