package io.deformux.standalone.option;

import io.deformux.messaging.JobLoopConfig;
import io.deformux.messaging.KafkaConnection;
import io.deformux.model.ModelStore;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.Topics;
import io.deformux.storage.AccessFile;
import io.deformux.storage.AccessPolicy;
import io.deformux.worker.infer.InferenceWorkerConfig;
import io.deformux.worker.infer.SegmentationSettings;
import io.deformux.worker.train.messaging.FoldRunner;
import io.deformux.worker.train.messaging.TrainingFoldRunner;
import io.deformux.worker.train.messaging.TrainingWorkerConfig;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a worker may use, the same for every command that starts one. */
public final class WorkerOptions {
    /** The consumer group of inference workers. */
    public static final String INFERENCE_GROUP = "deformux-infer";
    /** The beginning of the names of the training workers' groups. */
    public static final String TRAINING_GROUP = "deformux-train";
    /** Where jobs keep their files. */
    public static final Path DEFAULT_SCRATCH = Path.of(System.getProperty("java.io.tmpdir"), "deformux");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--models",
            required = true,
            paramLabel = "DIR",
            description = "The model store: DIR/name/version/model.json.")
    private Path models;

    @Option(
            names = "--access",
            paramLabel = "FILE",
            description = "What events may refer to: folders, hosts, buckets, limits, and where credentials lie.")
    private Path access;

    @Option(
            names = "--allow-input",
            paramLabel = "DIR",
            description = "A folder below which file: inputs may lie, besides those of --access; repeat for several.")
    private List<Path> inputRoots = List.of();

    @Option(
            names = "--allow-output",
            paramLabel = "DIR",
            description =
                    "A folder below which file: outputs may be written, besides those of --access; repeat for several.")
    private List<Path> outputRoots = List.of();

    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            description = "Where a running job keeps its files (default: the system's temporary folder).")
    private Path scratch = DEFAULT_SCRATCH;

    @Option(
            names = "--group",
            description = "The Kafka consumer group; of a training worker, the beginning of its three groups' names"
                    + " (default: deformux-infer, deformux-train).")
    private Optional<String> group = Optional.empty();

    @Mixin
    private OutputOptions outputs;

    @Mixin
    private ComputeOptions compute;

    @Option(
            names = "--preload",
            paramLabel = "NAME[:VERSION]",
            description =
                    "A model that an inference worker loads before its first job (default: the first job loads its"
                            + " own).")
    private Optional<String> preload = Optional.empty();

    @Option(
            names = "--no-prepare-next",
            description = "Do not fetch and preprocess the next scan while one is segmented; saves one scan's memory.")
    private boolean noPrepareNext;

    @Option(
            names = "--max-voxels",
            description = "Larger grids are refused before memory is taken (default: ${DEFAULT-VALUE}).")
    private int maxVoxels = SegmentationSettings.MAX_VOXELS;

    @Option(
            names = "--grace-seconds",
            description = "How long a running job may go on after SIGTERM (default: ${DEFAULT-VALUE}).")
    private int graceSeconds = 25;

    public InferenceWorkerConfig config(KafkaConnection kafka) {
        return new InferenceWorkerConfig(
                kafka,
                JobLoopConfig.of(
                                Topics.SCAN_ARRIVED,
                                group.orElse(INFERENCE_GROUP),
                                URI.create("/deformux/worker-infer"))
                        .withPrepareNext(!noPrepareNext),
                new ModelStore(models.toAbsolutePath()),
                access(),
                outputs.settings(scratch.toAbsolutePath(), maxVoxels),
                compute.settings(),
                preload.map(WorkerOptions::model));
    }

    private static ModelReference model(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new ModelReference(text, Optional.empty())
                : new ModelReference(text.substring(0, colon), Optional.of(text.substring(colon + 1)));
    }

    public TrainingWorkerConfig trainingConfig(KafkaConnection kafka) {
        return TrainingWorkerConfig.of(
                kafka,
                group.orElse(TRAINING_GROUP),
                new ModelStore(models.toAbsolutePath()),
                access(),
                scratch.toAbsolutePath());
    }

    /** How folds are trained here. */
    public FoldRunner foldRunner() {
        return TrainingFoldRunner.create(access(), scratch.toAbsolutePath(), compute.device(), Version.current());
    }

    public Duration grace() {
        return Duration.ofSeconds(graceSeconds);
    }

    private AccessPolicy access() {
        if (access == null && (inputRoots.isEmpty() || outputRoots.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "give --access FILE, or --allow-input DIR and --allow-output DIR");
        }
        AccessPolicy listed = access == null ? AccessPolicy.files(List.of(), List.of()) : listed(access);
        return listed.withRoots(absolute(listed.inputRoots(), inputRoots), absolute(listed.outputRoots(), outputRoots));
    }

    private AccessPolicy listed(Path file) {
        try {
            return AccessFile.read(file);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new ParameterException(spec.commandLine(), "--access " + file + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> absolute(List<Path> listed, List<Path> roots) {
        return Stream.concat(listed.stream(), roots.stream().map(Path::toAbsolutePath))
                .toList();
    }
}
