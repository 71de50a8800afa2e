package io.deformux.worker.train.crossvalidation;

import ai.djl.Device;
import io.deformux.network.Weights;
import io.deformux.transform.Preset;
import io.deformux.worker.train.dataset.Dataset;
import io.deformux.worker.train.fold.Fold;
import io.deformux.worker.train.job.FoldData;
import io.deformux.worker.train.job.FoldJob;
import io.deformux.worker.train.job.FoldResult;
import io.deformux.worker.train.job.TrainingListener;
import io.deformux.worker.train.job.TrainingSettings;
import io.deformux.worker.train.preparation.PreparationCache;
import io.deformux.worker.train.random.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Trains the folds one after the other in this process. A folder keeps everything: {@code cache} the prepared cases,
 * {@code fold-N} a fold's networks and checkpoint; running again with the same folder goes on where it stopped.
 */
public final class CrossValidation {
    private static final long MAX_VOXELS = 1L << 29;
    /** Sets the stream of first weights apart from that of crops. */
    private static final long WEIGHTS = 1;

    private final Dataset dataset;
    private final Preset preset;
    private final TrainingSettings settings;
    private final Path folder;
    private final Device device;

    /**
     * A cross-validation that has not begun.
     *
     * @param preset how scans are prepared; its classes must be the data set's labels
     * @param folder made when needed
     * @throws IllegalArgumentException if classes, labels and the network's outputs differ
     */
    public CrossValidation(Dataset dataset, Preset preset, TrainingSettings settings, Path folder, Device device) {
        if (!preset.classes().equals(dataset.labels())) {
            throw new IllegalArgumentException(
                    "the preset's classes " + preset.classes() + " are not the data set's labels " + dataset.labels());
        }
        if (settings.network().outChannels() != dataset.labels().size()) {
            throw new IllegalArgumentException(
                    "the network has " + settings.network().outChannels() + " outputs for "
                            + dataset.labels().size() + " labels");
        }
        this.dataset = dataset;
        this.preset = preset;
        this.settings = settings;
        this.folder = folder;
        this.device = device;
    }

    /**
     * Trains the folds.
     *
     * @param listeners gives every fold its listener
     * @throws io.deformux.failure.JobException as {@link FoldJob#run} says
     */
    public CrossValidationResult run(List<Fold> folds, Function<Fold, TrainingListener> listeners) {
        List<FoldResult> results = new ArrayList<>();
        for (Fold fold : folds) {
            results.add(run(fold, listeners.apply(fold)));
        }
        return new CrossValidationResult(dataset.labels(), results);
    }

    private FoldResult run(Fold fold, TrainingListener listener) {
        PreparationCache cache = new PreparationCache(folder.resolve("cache"), preset, MAX_VOXELS);
        FoldData data = FoldData.of(fold, dataset, cache);
        return new FoldJob(settings, data, folder(fold.number()), device, listener)
                .run(firstWeights(settings, fold.number()));
    }

    /** The folder of a fold. */
    public Path folder(int fold) {
        return folder.resolve("fold-" + fold);
    }

    /** What a fold starts from: random weights that follow from the seed and the fold. */
    public static Weights firstWeights(TrainingSettings settings, int fold) {
        return Weights.random(settings.network(), RandomStream.seed(settings.seed(), fold, WEIGHTS));
    }
}
