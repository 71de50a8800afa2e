package io.deformux.standalone.command;

import io.deformux.pacs.ArchiveAddress;
import io.deformux.pacs.BridgeLoop;
import io.deformux.pacs.FeedStart;
import io.deformux.pacs.PacsBridgeConfig;
import io.deformux.standalone.option.ArchiveOptions;
import io.deformux.standalone.option.ConfigOptions;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.ManagementOptions;
import io.deformux.standalone.option.RulesOption;
import io.deformux.standalone.option.TopicOptions;
import io.deformux.standalone.settings.Quantity;
import io.deformux.telemetry.Telemetry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** From an Orthanc to Kafka, until Ctrl-C. */
@Command(
        name = "pacs-bridge",
        description =
                "Publishes a scan-arrived event for every stable series of an Orthanc that a rule takes, until Ctrl-C."
                        + " The place in Orthanc's change feed is kept in Kafka: a restart loses and doubles nothing.",
        mixinStandardHelpOptions = true)
public final class PacsBridgeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private ManagementOptions management;

    @Option(
            names = "--orthanc",
            required = true,
            paramLabel = "URL",
            description = "Orthanc's address, as http://localhost:8042.")
    private URI orthanc;

    @Mixin
    private RulesOption rules;

    @Mixin
    private ArchiveOptions archive;

    @Option(
            names = "--feed",
            paramLabel = "NAME",
            description = "Names this archive's feed in Kafka (default: by host and port). A new archive at the address"
                    + " of an old one needs a new name.")
    private String feed;

    @Option(
            names = "--from",
            paramLabel = "now|DATE|beginning",
            description = "Where a feed begins that has no place in Kafka yet: with what changes from now on, with the"
                    + " first change of a day (2026-03-01, UTC), or with all that the archive has"
                    + " (default: ${DEFAULT-VALUE}).")
    private String from = "beginning";

    @Quantity(unit = "s", least = 1, most = 3600)
    @Option(names = "--poll-seconds", description = "Time between two looks (default: ${DEFAULT-VALUE}).")
    private int pollSeconds = 2;

    @Mixin
    private TopicOptions topics;

    @Override
    public Integer call() throws InterruptedException {
        archive.address(orthanc); // a wrong command line is told before a cluster is looked for
        kafka.connection().requireUsable();
        PacsBridgeConfig bridge = bridge();
        rules.read();
        try (Telemetry told = management.start(spec)) {
            told.watch(kafka.connection(), List::of);
            BridgeLoop loop = bridge.loop(told.feed());
            told.started();
            loop.run();
        }
        return ExitCode.OK;
    }

    /** What the options tell it. */
    PacsBridgeConfig bridge() {
        ArchiveAddress address = archive.address(orthanc);
        return new PacsBridgeConfig(
                kafka.connection(),
                topics.mayCreate(),
                address,
                archive.secret(),
                rules.file(),
                feed != null ? feed : address.feed(),
                Duration.ofSeconds(pollSeconds),
                start());
    }

    private FeedStart start() {
        try {
            return FeedStart.parse(from);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--from " + from + ": " + e.getMessage(), e);
        }
    }
}
