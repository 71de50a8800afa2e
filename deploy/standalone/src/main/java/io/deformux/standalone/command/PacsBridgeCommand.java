package io.deformux.standalone.command;

import io.deformux.pacs.ArchiveAddress;
import io.deformux.pacs.BridgeLoop;
import io.deformux.pacs.FeedStart;
import io.deformux.pacs.PacsBridgeConfig;
import io.deformux.pacs.RoutingRules;
import io.deformux.standalone.option.ConfigOptions;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.ManagementOptions;
import io.deformux.standalone.option.TopicOptions;
import io.deformux.standalone.settings.Quantity;
import io.deformux.telemetry.Telemetry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    @Option(
            names = "--rules",
            required = true,
            paramLabel = "FILE",
            description = "Which series go to which model, as deploy/orthanc/rules.json.")
    private Path rules;

    @Option(
            names = "--dicom-web",
            paramLabel = "URI",
            description = "The DICOMweb service as the workers reach it (default: dicomweb://HOST:PORT/dicom-web of"
                    + " --orthanc).")
    private URI dicomWeb;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description = "A file with user:password for Orthanc; workers have their own in --access.")
    private Path credentials;

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
        ArchiveAddress address = address();
        kafka.connection().requireUsable();
        PacsBridgeConfig bridge = new PacsBridgeConfig(
                kafka.connection(),
                topics.mayCreate(),
                address,
                secret(),
                rules(),
                feed != null ? feed : address.feed(),
                Duration.ofSeconds(pollSeconds),
                start());
        try (Telemetry told = management.start(spec)) {
            told.watch(kafka.connection(), List::of);
            BridgeLoop loop = bridge.loop(told.feed());
            told.started();
            loop.run();
        }
        return ExitCode.OK;
    }

    private RoutingRules rules() {
        try {
            return RoutingRules.read(rules);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--rules " + rules + ": " + e.getMessage(), e);
        }
    }

    private Optional<String> secret() {
        try {
            return credentials == null
                    ? Optional.empty()
                    : Optional.of(Files.readString(credentials).strip());
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--credentials " + credentials + " cannot be read", e);
        }
    }

    private FeedStart start() {
        try {
            return FeedStart.parse(from);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--from " + from + ": " + e.getMessage(), e);
        }
    }

    private ArchiveAddress address() {
        try {
            return ArchiveAddress.of(orthanc, Optional.ofNullable(dicomWeb));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
