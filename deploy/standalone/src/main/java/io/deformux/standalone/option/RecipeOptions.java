package io.deformux.standalone.option;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.schemas.ArchitectureSpec;
import io.deformux.schemas.ChannelIntensity;
import io.deformux.schemas.ComparisonSpec;
import io.deformux.schemas.ExplicitPreprocessing;
import io.deformux.schemas.IntensityMethod;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.schemas.Split;
import io.deformux.schemas.TrainingSettings;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.train.planning.NnunetRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What is trained with and how, whatever the network: the same for every command that asks for trainings. */
public final class RecipeOptions {
    private static final TrainingSettings REFERENCE = TrainingSettings.REFERENCE;

    private static final String AUTO = "auto";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "PATH|URI",
            description = "The data set's folder, as the workers see it; a path becomes a file: URI.")
    private String dataset;

    @ArgGroup
    private Preparation preparation;

    /** One of the two; what holds without either is said at {@link #preprocessing}. */
    private static final class Preparation {
        @Option(
                names = "--preset",
                required = true,
                description =
                        "amos, kits, pancreas or hepatic; or auto: spacing, intensities, window, batch and overlap"
                                + " by nnU-Net's rules from the data set, which is read for that.")
        private String preset;

        @ArgGroup(exclusive = false)
        private Explicit explicit;
    }

    /** Preprocessing by its values. */
    private static final class Explicit {
        @Option(
                names = "--window",
                required = true,
                split = ",",
                paramLabel = "LOW,HIGH",
                description = "The intensity window, in HU for CT; write --window=-125,275. With --intensity"
                        + " percentiles it is in percentiles, with z-score not used; write --window=0,100.",
                arity = "1")
        private List<Double> window;

        @Option(
                names = "--intensity",
                converter = Methods.class,
                description = "How intensities are scaled: window, percentiles or z-score of the scan's voxels that are"
                        + " not zero (default: window).")
        private IntensityMethod intensity;

        @Option(
                names = "--spacing",
                split = ",",
                paramLabel = "MM",
                description = "Three voxel spacings in mm to resample to (default: the scan's own).")
        private List<Double> spacing;
    }

    @Option(
            names = "--labels",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Label names by value, the background first, of a data set that does not name its labels; beside"
                            + " --window or --preset auto, since the other presets name theirs (default: background and"
                            + " foreground).")
    private List<String> labels;

    @Option(
            names = "--channel-intensity",
            paramLabel = "NAME=METHOD",
            description = "How a channel of a data set with several is scaled, by its name there: z-score,"
                    + " percentiles:LOW,HIGH or window:LOW,HIGH; repeat for others (default: all as --window and"
                    + " --intensity say).")
    private Map<String, String> channelIntensities = new LinkedHashMap<>();

    @Option(
            names = "--plan-memory",
            paramLabel = "GB",
            description =
                    "Into how much memory a step has to fit by the plan of --preset auto (default: 8, or what this"
                            + " machine has if that is less).")
    private Optional<Double> planMemory = Optional.empty();

    @Option(names = "--folds", required = true, description = "Into how many folds the data set is cut.")
    private int folds;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "FOLD",
            description = "Which folds to train, counted from 0 (default: all).")
    private List<Integer> only;

    @Option(
            names = "--splits",
            paramLabel = "PATH|URI",
            description =
                    "A file of folds as nnU-Net's splits_final.json (default: those that the data set brings, if they"
                            + " are as many as --folds, else drawn with the seed).")
    private String splits;

    @Option(names = "--seed", description = "From which everything random derives (default: ${DEFAULT-VALUE}).")
    private long seed = 0;

    @Option(names = "--iterations", description = "Optimizer steps per fold (default: ${DEFAULT-VALUE}).")
    private int iterations = REFERENCE.iterations();

    @Option(names = "--validation-interval", description = "Steps between two validations (default: ${DEFAULT-VALUE}).")
    private int validationInterval = REFERENCE.validationInterval();

    @Option(names = "--batch-size", description = "Volumes per step (default: 1).")
    private Integer batchSize;

    @Option(names = "--crops", description = "Crops of each volume of a step (default: 2).")
    private Integer crops;

    @Option(
            names = "--roi",
            split = ",",
            paramLabel = "N",
            description = "Crop and window size in voxels, as the network takes it (default: 96,96,96).")
    private List<Integer> roi;

    @Option(names = "--learning-rate", description = "Step size (default: ${DEFAULT-VALUE}).")
    private double learningRate = REFERENCE.learningRate();

    @Option(names = "--weight-decay", description = "Decay of the weights (default: ${DEFAULT-VALUE}).")
    private double weightDecay = REFERENCE.weightDecay();

    @Option(
            names = "--early-stop",
            paramLabel = "N",
            description = "End a fold after N validations without a better one (default: never).")
    private Integer earlyStop;

    @Mixin
    private CropOptions cropOptions;

    private PlannedRecipe planned;

    /**
     * Looks at the data set if that is asked for, once, and tells what comes of it.
     *
     * @param networks what is to be trained
     */
    void plan(List<WantedNetwork> networks) {
        if (preparation == null || !AUTO.equals(preparation.preset) || planned != null) {
            return;
        }
        if (roi != null || batchSize != null || crops != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--preset auto plans window and batch: leave --roi, --batch-size and --crops out");
        }
        if (Reference.isUri(dataset)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--preset auto looks at the data set: give --dataset as a path on this machine");
        }
        networks.forEach(network -> checked(network::kind));
        planned = PlannedRecipe.of(
                Path.of(dataset), Optional.ofNullable(labels), networks, planMemory, SegmentationSettings.MAX_VOXELS);
        planned.rules().words().forEach(spec.commandLine().getErr()::println);
    }

    /** For requests to workers elsewhere: nobody should be surprised by how they prepare scans. */
    public void requirePreparation() {
        if (preparation == null && channelIntensities.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "give --preset NAME or --window=LOW,HIGH");
        }
    }

    /** For a training on this machine: a worker would wait for its folder to be mounted. */
    public void requireDataset() {
        if (!Reference.isUri(dataset) && !Files.isDirectory(Path.of(dataset))) {
            throw new JobException(FailureCode.INPUT_NOT_FOUND, "there is no data set folder at " + dataset);
        }
    }

    /** The window, three sizes. */
    public List<Integer> roi() {
        return roi != null ? roi : planned().map(PlannedRecipe::roi).orElse(REFERENCE.roi());
    }

    private Optional<PlannedRecipe> planned() {
        return Optional.ofNullable(planned);
    }

    private int batchSize() {
        return batchSize != null
                ? batchSize
                : planned().map(plan -> plan.rules().batch()).orElse(REFERENCE.batchSize());
    }

    private int crops() {
        return crops != null ? crops : planned().map(plan -> 1).orElse(REFERENCE.cropsPerVolume());
    }

    /**
     * What is asked for. Training is as in the published recipe where nothing was; how scans are prepared is said at
     * {@link #preprocessing}.
     */
    public ComparisonSpec recipe() {
        return new ComparisonSpec(
                Reference.of(dataset),
                preprocessing(),
                new Split(
                        folds,
                        Optional.ofNullable(only),
                        Optional.ofNullable(splits).map(Reference::of)),
                new TrainingSettings(
                        iterations,
                        validationInterval,
                        batchSize(),
                        crops(),
                        roi(),
                        learningRate,
                        REFERENCE.optimizer(),
                        weightDecay,
                        cropOptions.augment(),
                        Optional.of(cropOptions.anywhere()),
                        cropOptions.variations(),
                        planned().map(plan -> NnunetRules.OVERLAP),
                        Optional.ofNullable(earlyStop)),
                seed);
    }

    /**
     * A network for the window, every setting written out; the numbers of channels and classes are the data set's and do not
     * matter here.
     */
    ArchitectureSpec architecture(WantedNetwork wanted) {
        List<Integer> size = roi();
        if (size.size() != 3) {
            throw new ParameterException(spec.commandLine(), "--roi needs three sizes, as --roi 96,96,96");
        }
        NetworkConfig network = checked(() -> {
            NetworkConfig made = wanted.on(size, 1, 2);
            made.requireSize(size.get(0), size.get(1), size.get(2));
            return made;
        });
        Map<String, JsonNode> settings = new LinkedHashMap<>();
        network.settings().json().properties().forEach(field -> settings.put(field.getKey(), field.getValue()));
        return new ArchitectureSpec(network.architecture().name(), settings);
    }

    private <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /**
     * As asked for. Without a preset or values: no resampling and -125 to 275 HU, as preset kits has them, but the labels
     * that the data set says, since they may be of anything.
     */
    private PreprocessingSpec preprocessing() {
        Optional<List<ChannelIntensity>> channels = channels();
        if (preparation == null) {
            return PreprocessingSpec.explicit(new ExplicitPreprocessing(
                    Optional.empty(),
                    -125,
                    275,
                    Optional.ofNullable(labels),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    channels));
        }
        if (preparation.preset != null && channels.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a preset says how channels are scaled: give --window with --channel-intensity");
        }
        if (planned != null) {
            return planned.preprocessing();
        }
        if (preparation.preset != null && labels != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the preset " + preparation.preset + " has labels of its own: give --labels with --window or"
                            + " --preset auto");
        }
        if (preparation.preset != null) {
            return PreprocessingSpec.preset(preparation.preset);
        }
        Explicit values = preparation.explicit;
        if (values.window.size() != 2) {
            throw new ParameterException(spec.commandLine(), "--window needs two numbers, as --window=-125,275");
        }
        return PreprocessingSpec.explicit(new ExplicitPreprocessing(
                Optional.ofNullable(values.spacing),
                values.window.get(0),
                values.window.get(1),
                Optional.ofNullable(labels),
                Optional.ofNullable(values.intensity),
                Optional.empty(),
                Optional.empty(),
                channels));
    }

    private Optional<List<ChannelIntensity>> channels() {
        List<ChannelIntensity> channels = new ArrayList<>();
        channelIntensities.forEach((name, method) -> {
            try {
                channels.add(ChannelIntensities.of(name, new IntensityConverter().convert(method)));
            } catch (TypeConversionException e) {
                throw new ParameterException(
                        spec.commandLine(), "--channel-intensity " + name + ": " + e.getMessage(), e);
            }
        });
        return channels.isEmpty() ? Optional.empty() : Optional.of(channels);
    }

    /** Methods as events name them. */
    static final class Methods implements ITypeConverter<IntensityMethod> {
        @Override
        public IntensityMethod convert(String name) {
            return switch (name) {
                case "window" -> IntensityMethod.WINDOW;
                case "percentiles" -> IntensityMethod.PERCENTILES;
                case "z-score" -> IntensityMethod.Z_SCORE;
                case IntensityConverter.WITH_ZEROS -> throw new TypeConversionException(ChannelIntensities.NOT_TRAINED);
                default -> throw new TypeConversionException("there are window, percentiles and z-score");
            };
        }
    }
}
