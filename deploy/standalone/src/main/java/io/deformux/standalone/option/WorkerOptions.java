package io.deformux.standalone.option;

import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.model.ModelStore;
import io.deformux.standalone.settings.Quantity;
import io.deformux.storage.AccessPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a worker of either kind may use. */
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
            split = ",",
            paramLabel = "DIR",
            description = "A folder below which file: inputs may lie, besides those of --access; repeat for several, or"
                    + " part them by commas.")
    private List<Path> inputRoots = List.of();

    @Option(
            names = "--allow-output",
            split = ",",
            paramLabel = "DIR",
            description =
                    "A folder below which file: outputs may be written, besides those of --access; repeat for several, or"
                            + " part them by commas.")
    private List<Path> outputRoots = List.of();

    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            description = "Where a running job keeps its files (default: deformux in the system's"
                    + " temporary folder; of dicom-node that folder itself).")
    private Path scratch = DEFAULT_SCRATCH;

    @Option(
            names = "--group",
            description = "The Kafka consumer group; of a training worker, the beginning of its three groups' names"
                    + " (default: deformux-infer, deformux-train).")
    private Optional<String> group = Optional.empty();

    @Mixin
    private DeviceOptions device;

    @Mixin
    private SessionOptions session;

    @Mixin
    private AttemptOptions attempts;

    @Mixin
    private LimitOptions limits;

    @Quantity(unit = "s", least = 0, most = 86_400)
    @Option(
            names = "--grace-seconds",
            description = "How long a running job may go on after SIGTERM (default: ${DEFAULT-VALUE}).")
    private int graceSeconds = 25;

    /** The model store. */
    public ModelStore models() {
        return new ModelStore(models.toAbsolutePath());
    }

    /** What events may refer to; a wrong command line if nothing is allowed, or the file of it cannot be used. */
    public AccessPolicy access() {
        if (access == null && (inputRoots.isEmpty() || outputRoots.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "give --access FILE, or --allow-input DIR and --allow-output DIR");
        }
        AccessListing access = AccessListing.of(Optional.ofNullable(this.access), spec);
        return access.listed().withRoots(access.inputsAnd(inputRoots), access.outputsAnd(outputRoots));
    }

    /** Where a running job keeps its files. */
    public Path scratch() {
        return scratch.toAbsolutePath();
    }

    /** The Kafka consumer group, or that of the kind of worker. */
    public String group(String ofKind) {
        return group.orElse(ofKind);
    }

    /** A job loop that tries its jobs as often and as long, and loses them as soon, as this worker is to. */
    public JobLoopConfig loop(JobLoopConfig usual) {
        return session.on(usual).withAttempts(attempts.of(usual.attempts())).withLimits(limits.of(usual.limits()));
    }

    /** How long each stage of a job may take, or as long as is usual. */
    public Duration stageLimit(Duration usual) {
        return limits.stage(usual);
    }

    /** {@code cpu} or {@code cuda:N}. */
    public String device() {
        return device.device();
    }

    /** All devices that are meant: a worker's own is the first. */
    public List<String> devices() {
        return device.devices();
    }

    /** How long a running job may go on after SIGTERM. */
    public Duration grace() {
        return Duration.ofSeconds(graceSeconds);
    }
}
