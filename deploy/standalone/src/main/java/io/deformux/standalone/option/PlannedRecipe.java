package io.deformux.standalone.option;

import ai.djl.Device;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.MemoryBesideHeap;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.IntensityScore;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.transform.ClippedScore;
import io.deformux.volume.Shape3;
import io.deformux.worker.train.dataset.Dataset;
import io.deformux.worker.train.dataset.DatasetReader;
import io.deformux.worker.train.planning.DatasetFigures;
import io.deformux.worker.train.planning.NnunetRules;
import io.deformux.worker.train.planning.PlannedWindows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What {@code --preset auto} makes of a data set. It is worked out where it is asked for and stated in the request, so that all
 * folds are trained by the same plan whatever their workers are like.
 */
record PlannedRecipe(NnunetRules rules) {
    private static final List<String> UNNAMED = List.of("background", "foreground");

    /**
     * Reads the data set.
     *
     * @param root its folder on this machine
     * @param networks for a number of classes what is to be trained, for a window each
     * @param gigabytes what a step may take; empty: nnU-Net's 8, or what this machine has if that is less
     * @param maxVoxels the largest scan
     */
    static PlannedRecipe of(
            Path root,
            IntFunction<List<Function<Shape3, NetworkConfig>>> networks,
            Optional<Double> gigabytes,
            long maxVoxels) {
        if (!Files.isDirectory(root)) {
            throw new JobException(
                    FailureCode.INPUT_NOT_FOUND,
                    "--preset auto looks at the data set, and there is no folder at " + root + " on this machine: send"
                            + " the request from one that has it, or give --window and --spacing");
        }
        DatasetReader reader = new DatasetReader();
        Dataset dataset = reader.read(root, UNNAMED);
        PlannedWindows windows =
                new PlannedWindows(networks.apply(dataset.labels().size()));
        long memory = gigabytes
                .map(wanted -> (long) (wanted * 1e9))
                .orElseGet(() -> Math.min(
                        NnunetRules.MEMORY, MemoryBesideHeap.of(Device.cpu()).orElse(NnunetRules.MEMORY)));
        return new PlannedRecipe(
                NnunetRules.of(DatasetFigures.of(dataset, reader.channel(root), maxVoxels), windows, memory));
    }

    List<Integer> roi() {
        Shape3 window = rules.window();
        return List.of(window.d(), window.h(), window.w());
    }

    PreprocessingSpec preprocessing() {
        boolean clipped = rules.intensity() instanceof ClippedScore;
        Optional<ClippedScore> score = Optional.of(rules.intensity())
                .filter(ClippedScore.class::isInstance)
                .map(ClippedScore.class::cast);
        return PreprocessingSpec.explicit(new ExplicitPreprocessing(
                Optional.of(rules.spacing()),
                score.map(ClippedScore::lo).orElse(0f),
                score.map(ClippedScore::hi).orElse(1f),
                Optional.empty(),
                Optional.of(clipped ? IntensityMethod.CLIPPED_SCORE : IntensityMethod.Z_SCORE),
                score.map(values -> new IntensityScore(values.mean(), values.deviation())),
                Optional.of(rules.words())));
    }
}
