package io.deformux.worker.train.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.Architectures;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.schemas.ArchitectureSpec;
import io.deformux.schemas.TrainingSettings;
import io.deformux.schemas.TrainingSpec;
import io.deformux.schemas.Variations;
import io.deformux.transform.Preset;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an event asks for, in the terms of the training. All methods throw {@link JobException} for what cannot be. */
record FoldPlan(Dataset dataset, Preset preset, FoldSettings settings, Fold fold) {

    private static final Logger LOG = LoggerFactory.getLogger(FoldPlan.class);
    private static final double REFERENCE_OVERLAP = 0.25;

    /**
     * Reads the data set's listings and finds the fold.
     *
     * @param root the data set's folder
     * @param splits the file with the folds, if the event names one
     */
    static FoldPlan of(TrainingSpec spec, int number, Path root, Optional<Path> splits) {
        WantedPreset wanted = new WantedPreset(spec.preprocessing());
        Dataset dataset = new DatasetReader().read(root, wanted.labels());
        Preset preset = wanted.of(dataset);
        List<Fold> folds =
                splits.map(file -> Folds.given(SplitsFile.read(file), dataset)).orElseGet(() -> drawn(spec, dataset));
        if (number >= folds.size()) {
            throw new JobException(
                    FailureCode.FOLDS_INVALID, "there is no fold " + number + ", only " + folds.size() + " from 0 on");
        }
        return new FoldPlan(dataset, preset, settings(spec, preset), folds.get(number));
    }

    /** The folds that the data set brings, where it brings as many as are asked for; else drawn with the seed. */
    private static List<Fold> drawn(TrainingSpec spec, Dataset dataset) {
        int given = dataset.givenFolds().size();
        if (given == spec.split().folds()) {
            return Folds.given(dataset.givenFolds(), dataset);
        }
        if (given > 0) {
            LOG.warn(
                    "The data set brings {} fold(s) of its own and {} are asked for: these are drawn with the seed",
                    given,
                    spec.split().folds());
        }
        return Folds.random(dataset.ids(), spec.split().folds(), spec.seed());
    }

    private static FoldSettings settings(TrainingSpec spec, Preset preset) {
        var wanted = spec.settings();
        try {
            return new FoldSettings(
                    network(spec.architecture(), preset),
                    Shape3.of(wanted.roi().stream().mapToInt(n -> n).toArray()),
                    wanted.batchSize(),
                    wanted.cropsPerVolume(),
                    wanted.cropsAnywhere().orElse(TrainingSettings.CROPS_ANYWHERE),
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

    private static NetworkConfig network(ArchitectureSpec wanted, Preset preset) {
        try {
            NetworkSettings settings = Architectures.named(wanted.name()).forTraining();
            for (Map.Entry<String, JsonNode> setting : wanted.settings().entrySet()) {
                settings = settings.with(setting.getKey(), setting.getValue());
            }
            return Architectures.configured(wanted.name(), preset.channels().size(), preset.outputs(), settings);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("architecture: " + e.getMessage(), e);
        }
    }
}
