package io.deformux.worker.train.job;

import io.deformux.storage.Digest;
import io.deformux.transform.LabelRegion;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.dataset.Dataset;
import io.deformux.worker.train.dataset.DatasetFindings;
import io.deformux.worker.train.dataset.TrainingCase;
import io.deformux.worker.train.fold.Fold;
import io.deformux.worker.train.optimization.DiceBinaryCrossEntropy;
import io.deformux.worker.train.optimization.DiceCrossEntropy;
import io.deformux.worker.train.optimization.VoxelLoss;
import io.deformux.worker.train.preparation.PreparationCache;
import io.deformux.worker.train.preparation.PreparedCase;
import io.deformux.worker.train.random.RandomStream;
import io.deformux.worker.train.sampling.CropSampler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The prepared cases of a fold.
 *
 * @param fold which cases
 * @param train to learn from, in the order of the fold
 * @param validation to score on, in the order of the fold
 * @param digest of the data that they were prepared from and of how
 * @param regions what is learned where that is not a label each
 */
public record FoldData(
        Fold fold, List<PreparedCase> train, List<PreparedCase> validation, String digest, List<LabelRegion> regions) {

    /** Cases of which every label is learned. */
    public FoldData(Fold fold, List<PreparedCase> train, List<PreparedCase> validation, String digest) {
        this(fold, train, validation, digest, List.of());
    }

    /** Keeps copies. */
    public FoldData {
        regions = List.copyOf(regions);
        train = List.copyOf(train);
        validation = List.copyOf(validation);
    }

    /**
     * Prepares what is not in the cache yet. A case that cannot be does not keep the others from being looked at: all that is
     * wrong is told at once.
     *
     * @param owned called before each case; what it throws ends the preparation
     * @throws io.deformux.failure.JobException as {@link PreparationCache#get} and {@link Dataset#named} say
     */
    public static FoldData of(Fold fold, Dataset dataset, PreparationCache cache, Runnable owned) {
        DatasetFindings findings = new DatasetFindings();
        List<PreparedCase> train = prepared(fold.train(), dataset, cache, owned, findings);
        List<PreparedCase> validation = prepared(fold.validation(), dataset, cache, owned, findings);
        findings.requireSound();
        return new FoldData(fold, train, validation, digest(fold, dataset, cache), dataset.regions());
    }

    private static String digest(Fold fold, Dataset dataset, PreparationCache cache) {
        String cases = Stream.concat(fold.train().stream(), fold.validation().stream())
                .map(dataset::named)
                .map(TrainingCase::digest)
                .collect(Collectors.joining(" "));
        return Digest.of((cache.key() + " " + cases).getBytes(StandardCharsets.UTF_8));
    }

    private static List<PreparedCase> prepared(
            List<String> ids, Dataset dataset, PreparationCache cache, Runnable owned, DatasetFindings findings) {
        List<PreparedCase> prepared = new ArrayList<>();
        for (String id : ids) {
            TrainingCase each = dataset.named(id);
            owned.run();
            findings.attempt(() -> cache.get(each)).ifPresent(prepared::add);
        }
        return prepared;
    }

    /** Crops of the training cases; each fold has a seed of its own. */
    CropSampler sampler(FoldSettings settings) {
        return new CropSampler(
                train,
                settings.crop(),
                settings.casesPerIteration(),
                settings.cropsPerCase(),
                settings.anywhere(),
                settings.augmentation(),
                RandomStream.seed(settings.seed(), fold.number()));
    }

    /** Size of the largest case to score on; empty if there is none. */
    public Optional<Shape3> largestOfValidation() {
        return validation.stream().map(PreparedCase::shape).max(Comparator.comparingLong(Shape3::voxels));
    }

    /** What is minimised of each output. */
    VoxelLoss loss() {
        return regions.isEmpty()
                ? new DiceCrossEntropy()
                : new DiceBinaryCrossEntropy(
                        regions.stream().map(LabelRegion::labels).toList());
    }

    /** What a checkpoint must belong to. */
    FoldIdentity identity(FoldSettings settings) {
        return FoldIdentity.of(settings, this);
    }
}
