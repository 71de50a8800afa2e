package io.deformux.standalone;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.JobLoopConfig;
import io.deformux.messaging.KafkaConnection;
import io.deformux.model.ModelStore;
import io.deformux.schemas.Topics;
import io.deformux.storage.AccessPolicy;
import io.deformux.worker.infer.InferenceWorkerConfig;
import io.deformux.worker.infer.SegmentationSettings;
import io.deformux.worker.train.messaging.FoldRunner;
import io.deformux.worker.train.messaging.TrainingWorkerConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a worker may use, the same for every command that starts one. */
final class WorkerOptions {
    @Option(
            names = "--models",
            required = true,
            paramLabel = "DIR",
            description = "The model store: DIR/name/version/model.json.")
    private Path models;

    @Option(
            names = "--allow-input",
            required = true,
            paramLabel = "DIR",
            description = "A folder below which file: inputs may lie; repeat for several.")
    private List<Path> inputRoots;

    @Option(
            names = "--allow-output",
            required = true,
            paramLabel = "DIR",
            description = "A folder below which file: outputs may be written; repeat for several.")
    private List<Path> outputRoots;

    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            description = "Where a running job keeps its files (default: the system's temporary folder).")
    private Path scratch = Path.of(System.getProperty("java.io.tmpdir"), "deformux");

    @Option(
            names = "--group",
            description = "The Kafka consumer group; of a training worker, the beginning of its three groups' names"
                    + " (default: deformux-infer, deformux-train).")
    private Optional<String> group = Optional.empty();

    @Option(names = "--device", description = "cpu or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device = "cpu";

    @Option(
            names = "--max-voxels",
            description = "Larger grids are refused before memory is taken (default: ${DEFAULT-VALUE}).")
    private int maxVoxels = SegmentationSettings.MAX_VOXELS;

    @Option(
            names = "--grace-seconds",
            description = "How long a running job may go on after SIGTERM (default: ${DEFAULT-VALUE}).")
    private int graceSeconds = 25;

    InferenceWorkerConfig config(KafkaConnection kafka) {
        return new InferenceWorkerConfig(
                kafka,
                JobLoopConfig.of(
                        Topics.SCAN_ARRIVED, group.orElse("deformux-infer"), URI.create("/deformux/worker-infer")),
                new ModelStore(models.toAbsolutePath()),
                AccessPolicy.files(absolute(inputRoots), absolute(outputRoots)),
                new SegmentationSettings(scratch.toAbsolutePath(), maxVoxels, Version.current()),
                device);
    }

    TrainingWorkerConfig trainingConfig(KafkaConnection kafka) {
        return TrainingWorkerConfig.of(
                kafka,
                group.orElse("deformux-train"),
                new ModelStore(models.toAbsolutePath()),
                AccessPolicy.files(absolute(inputRoots), absolute(outputRoots)),
                scratch.toAbsolutePath());
    }

    /** How folds are trained here. */
    FoldRunner foldRunner() {
        return (fold, context) -> {
            throw new JobException(FailureCode.NETWORK_FAILED, "This build trains no networks.");
        };
    }

    Duration grace() {
        return Duration.ofSeconds(graceSeconds);
    }

    private static List<Path> absolute(List<Path> roots) {
        return roots.stream().map(Path::toAbsolutePath).toList();
    }
}
