package io.deformux.standalone.command;

import ai.djl.Device;
import ai.djl.util.Utils;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.network.DeviceChoice;
import io.deformux.network.Devices;
import io.deformux.network.library.TorchLibrary;
import io.deformux.standalone.bench.MeasuredMachine;
import io.deformux.standalone.check.ArithmeticCheck;
import io.deformux.standalone.check.Check;
import io.deformux.standalone.check.CheckReport;
import io.deformux.standalone.check.DiskCheck;
import io.deformux.standalone.check.Memory;
import io.deformux.standalone.check.MemoryCheck;
import io.deformux.standalone.check.ModelStoreCheck;
import io.deformux.standalone.check.ProvenProbe;
import io.deformux.standalone.check.SoftwareCheck;
import io.deformux.standalone.check.TorchProbe;
import io.deformux.standalone.check.cluster.ClusterCheck;
import io.deformux.standalone.check.cluster.WorkerRole;
import io.deformux.standalone.option.DeviceNames;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.LibraryOptions;
import io.deformux.standalone.option.Version;
import io.deformux.standalone.option.WorkerOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a support engineer asks for. */
@Command(
        name = "check",
        description =
                "Looks at what jobs need and says what to do where it lacks: versions, devices, precisions, memory,"
                        + " disk; the model store with --models; the cluster with --bootstrap-servers. Exit"
                        + " code 0 only if jobs can run, as far as was looked.",
        mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LibraryOptions library;

    @Option(names = "--json", description = "Prints the findings as JSON.")
    private boolean json;

    @Option(
            names = "--device",
            converter = DeviceNames.class,
            description =
                    "Where precisions are proven: cpu, cuda:N, or auto: a GPU where there is one (default: ${DEFAULT-VALUE}).")
    private String device = "cpu";

    @Option(names = "--models", paramLabel = "DIR", description = "The model store of the workers.")
    private Optional<Path> models = Optional.empty();

    @Option(
            names = "--verify-models",
            description = "Compare all weights with their digests, as workers do when they load a model.")
    private boolean verifyModels;

    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            description = "Where jobs of the workers keep their files (default: deformux in the system's"
                    + " temporary folder).")
    private Path scratch = WorkerOptions.DEFAULT_SCRATCH;

    @ArgGroup(exclusive = false)
    private KafkaOptions kafka;

    /** Kinds of workers. */
    enum Role {
        INFER(WorkerOptions.INFERENCE_GROUP) {
            @Override
            WorkerRole of(String group) {
                return WorkerRole.inference(group);
            }
        },
        TRAIN(WorkerOptions.TRAINING_GROUP) {
            @Override
            WorkerRole of(String group) {
                return WorkerRole.training(group);
            }
        };

        private final String defaultGroup;

        Role(String defaultGroup) {
            this.defaultGroup = defaultGroup;
        }

        abstract WorkerRole of(String group);
    }

    @Option(
            names = "--role",
            split = ",",
            description = "The workers that the cluster is for: infer, train, or both (default: both).")
    private List<Role> roles = List.of(Role.values());

    @Option(
            names = "--group",
            description = "Their Kafka consumer group, as the workers' --group (default: that of each kind).")
    private Optional<String> group = Optional.empty();

    @Override
    public Integer call() throws JsonProcessingException {
        CheckReport report = CheckReport.of(checks());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(report.json()));
        } else {
            report.table().forEach(out::println);
        }
        return report.ok() ? ExitCode.OK : ExitCode.NOT_FIT;
    }

    private List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        checks.add(new SoftwareCheck(Version.current(), MeasuredMachine.here()));
        checks.add(new ArithmeticCheck(new ProvenProbe(new TorchProbe(), device())));
        checks.add(new MemoryCheck(Memory.here()));
        checks.add(new DiskCheck(scratch.toAbsolutePath(), folders()));
        models.ifPresent(store -> checks.add(new ModelStoreCheck(store.toAbsolutePath(), verifyModels)));
        if (kafka != null) {
            checks.add(new ClusterCheck(
                    kafka.connection(),
                    roles.stream()
                            .distinct()
                            .map(role -> role.of(group.orElse(role.defaultGroup)))
                            .toList()));
        }
        return checks;
    }

    private Device device() {
        try {
            return Devices.parse(DeviceChoice.ofThisMachine().first(device));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--device: " + e.getMessage(), e);
        }
    }

    private Map<String, Path> folders() {
        Map<String, Path> folders = new LinkedHashMap<>();
        folders.put("libtorch", Utils.getCacheDir());
        folders.put("corrected libtorch", TorchLibrary.cacheFolder());
        models.ifPresent(store -> folders.put("model store", store.toAbsolutePath()));
        return folders;
    }
}
