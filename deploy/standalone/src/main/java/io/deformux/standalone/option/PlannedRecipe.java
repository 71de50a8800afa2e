package io.deformux.standalone.option;

import ai.djl.Device;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.MemoryBesideHeap;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.schemas.ChannelIntensity;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.PreprocessingSpec;
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
import java.util.stream.IntStream;

/**
 * What {@code --preset auto} makes of a data set. It is worked out where it is asked for and stated in the request, so that all
 * folds are trained by the same plan whatever their workers are like.
 *
 * @param rules what was worked out
 * @param channels the names of the images of a case; empty if there is one and the data set does not say
 * @param labels the names that were given for labels
 */
record PlannedRecipe(NnunetRules rules, List<String> channels, Optional<List<String>> labels) {
    private static final List<String> UNNAMED = List.of("background", "foreground");

    /**
     * Reads the data set.
     *
     * @param root its folder on this machine
     * @param labels their names by value; empty: those that the data set says
     * @param networks what is to be trained
     * @param gigabytes what a step may take; empty: nnU-Net's 8, or what this machine has if that is less
     * @param maxVoxels the largest scan
     */
    static PlannedRecipe of(
            Path root,
            Optional<List<String>> labels,
            List<WantedNetwork> networks,
            Optional<Double> gigabytes,
            long maxVoxels) {
        if (!Files.isDirectory(root)) {
            throw new JobException(
                    FailureCode.INPUT_NOT_FOUND,
                    "--preset auto looks at the data set, and there is no folder at " + root + " on this machine: send"
                            + " the request from one that has it, or give --window and --spacing");
        }
        Dataset dataset = new DatasetReader().read(root, labels.orElse(UNNAMED));
        PlannedWindows windows = new PlannedWindows(networks.stream()
                .<Function<Shape3, NetworkConfig>>map(network -> window -> network.on(
                        List.of(window.d(), window.h(), window.w()), dataset.channelCount(), dataset.outputs()))
                .toList());
        long memory = gigabytes
                .map(wanted -> (long) (wanted * 1e9))
                .orElseGet(() -> Math.min(
                        NnunetRules.MEMORY, MemoryBesideHeap.of(Device.cpu()).orElse(NnunetRules.MEMORY)));
        return new PlannedRecipe(
                NnunetRules.of(DatasetFigures.of(dataset, maxVoxels), windows, memory), dataset.channels(), labels);
    }

    List<Integer> roi() {
        Shape3 window = rules.window();
        return List.of(window.d(), window.h(), window.w());
    }

    PreprocessingSpec preprocessing() {
        ChannelIntensity first =
                ChannelIntensities.of("all", rules.intensities().get(0));
        List<ChannelIntensity> each = IntStream.range(0, channels.size())
                .mapToObj(n -> ChannelIntensities.of(
                        channels.get(n), rules.intensities().get(n)))
                .toList();
        return PreprocessingSpec.explicit(new ExplicitPreprocessing(
                Optional.of(rules.spacing()),
                first.windowLow(),
                first.windowHigh(),
                labels,
                first.intensity(),
                first.score(),
                Optional.of(rules.words()),
                each.size() > 1 ? Optional.of(each) : Optional.empty()));
    }
}
