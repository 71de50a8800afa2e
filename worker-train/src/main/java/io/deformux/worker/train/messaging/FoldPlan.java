package io.deformux.worker.train.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.Architectures;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.schemas.ArchitectureSpec;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.IntensityScore;
import io.deformux.schemas.TrainingSettings;
import io.deformux.schemas.TrainingSpec;
import io.deformux.schemas.Variations;
import io.deformux.transform.ClippedScore;
import io.deformux.transform.Intensity;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.Percentiles;
import io.deformux.transform.Preset;
import io.deformux.transform.ZScore;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.dataset.Dataset;
import io.deformux.worker.train.dataset.DatasetReader;
import io.deformux.worker.train.dataset.SplitsFile;
import io.deformux.worker.train.fold.Fold;
import io.deformux.worker.train.fold.Folds;
import io.deformux.worker.train.job.FoldSettings;
import io.deformux.worker.train.optimization.AdamW;
import io.deformux.worker.train.sampling.Augmentation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What an event asks for, in the terms of the training. All methods throw {@link JobException} for what cannot be. */
record FoldPlan(Dataset dataset, Preset preset, FoldSettings settings, Fold fold) {

    private static final double REFERENCE_OVERLAP = 0.25;

    /**
     * Reads the data set's listings and finds the fold.
     *
     * @param root the data set's folder
     * @param splits the file with the folds, if the event names one
     */
    static FoldPlan of(TrainingSpec spec, int number, Path root, Optional<Path> splits) {
        Preset wanted = preset(spec);
        Dataset dataset = new DatasetReader().read(root, wanted.classes());
        Preset preset = new Preset(wanted.name(), wanted.spacing(), wanted.intensity(), dataset.labels());
        List<Fold> folds =
                splits.map(file -> Folds.given(SplitsFile.read(file), dataset)).orElseGet(() -> drawn(spec, dataset));
        if (number >= folds.size()) {
            throw new JobException(
                    FailureCode.FOLDS_INVALID, "there is no fold " + number + ", only " + folds.size() + " from 0 on");
        }
        return new FoldPlan(dataset, preset, settings(spec, dataset.labels().size()), folds.get(number));
    }

    /** The folds that the data set brings, where it brings as many as are asked for; else drawn with the seed. */
    private static List<Fold> drawn(TrainingSpec spec, Dataset dataset) {
        if (dataset.givenFolds().size() == spec.split().folds()) {
            return Folds.given(dataset.givenFolds(), dataset);
        }
        return Folds.random(dataset.ids(), spec.split().folds(), spec.seed());
    }

    private static Preset preset(TrainingSpec spec) {
        Optional<ExplicitPreprocessing> explicit = spec.preprocessing().explicit();
        if (explicit.isPresent()) {
            ExplicitPreprocessing values = explicit.get();
            return new Preset(
                    "own",
                    values.spacingMm().orElse(List.of()),
                    intensity(values),
                    values.labels().orElse(List.of("background", "foreground")));
        }
        String name = spec.preprocessing().preset().orElseThrow();
        return Preset.named(name)
                .orElseThrow(() -> new JobException(
                        FailureCode.EVENT_INVALID,
                        "/training/preprocessing/preset: there is no such preset, only "
                                + Preset.all().stream().map(Preset::name).toList()));
    }

    private static Intensity intensity(ExplicitPreprocessing values) {
        return switch (values.intensity().orElse(IntensityMethod.WINDOW)) {
            case WINDOW -> new IntensityWindow((float) values.windowLow(), (float) values.windowHigh());
            case PERCENTILES -> percentiles(values);
            case Z_SCORE -> new ZScore();
            case CLIPPED_SCORE -> clippedScore(values);
        };
    }

    private static Percentiles percentiles(ExplicitPreprocessing values) {
        try {
            return new Percentiles(values.windowLow(), values.windowHigh());
        } catch (IllegalArgumentException e) {
            throw new JobException(FailureCode.EVENT_INVALID, "/training/preprocessing/explicit: " + e.getMessage(), e);
        }
    }

    private static ClippedScore clippedScore(ExplicitPreprocessing values) {
        IntensityScore score = values.score()
                .orElseThrow(() -> new JobException(
                        FailureCode.EVENT_INVALID, "/training/preprocessing/explicit: clipped-score needs a score"));
        return new ClippedScore((float) values.windowLow(), (float) values.windowHigh(), (float) score.mean(), (float)
                score.deviation());
    }

    private static FoldSettings settings(TrainingSpec spec, int classes) {
        var wanted = spec.settings();
        try {
            return new FoldSettings(
                    network(spec.architecture(), classes),
                    Shape3.of(wanted.roi().stream().mapToInt(n -> n).toArray()),
                    wanted.batchSize(),
                    wanted.cropsPerVolume(),
                    wanted.cropsAnywhere().orElse(0.0),
                    wanted.iterations(),
                    wanted.validationInterval(),
                    wanted.earlyStop().map(OptionalInt::of).orElseGet(OptionalInt::empty),
                    AdamW.Settings.of(wanted.learningRate(), wanted.weightDecay()),
                    augmentation(wanted),
                    wanted.overlap().orElse(REFERENCE_OVERLAP),
                    spec.seed());
        } catch (IllegalArgumentException e) {
            throw new JobException(FailureCode.EVENT_INVALID, "/training: " + e.getMessage(), e);
        }
    }

    /** The recipe's first, then what is wanted beside it in nnU-Net's order: places, noise, gamma, mirrors. */
    private static Augmentation augmentation(TrainingSettings wanted) {
        Augmentation augmentation = wanted.augment() ? Augmentation.REFERENCE : Augmentation.NONE;
        if (wanted.variations().isEmpty()) {
            return augmentation;
        }
        Variations more = wanted.variations().get();
        augmentation = more.elastic() ? augmentation.withElasticDeformation() : augmentation;
        augmentation = more.noise() ? augmentation.withNoise() : augmentation;
        augmentation = more.gamma() ? augmentation.withGamma() : augmentation;
        return augmentation.withMirroring(more.mirrorAxes());
    }

    private static NetworkConfig network(ArchitectureSpec wanted, int classes) {
        NetworkSettings settings = NetworkSettings.NONE;
        for (Map.Entry<String, JsonNode> setting : wanted.settings().entrySet()) {
            settings = settings.with(setting.getKey(), setting.getValue());
        }
        try {
            return Architectures.configured(wanted.name(), 1, classes, settings);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("architecture: " + e.getMessage(), e);
        }
    }
}
