package io.deformux.standalone.command;

import io.deformux.dicom.net.AssociationServer;
import io.deformux.node.DicomNode;
import io.deformux.node.DicomNodeConfig;
import io.deformux.node.NodeObserver;
import io.deformux.standalone.option.ConfigOptions;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.ManagementOptions;
import io.deformux.standalone.option.PeerOptions;
import io.deformux.standalone.option.Reference;
import io.deformux.standalone.option.RulesOption;
import io.deformux.standalone.option.TopicOptions;
import io.deformux.standalone.settings.Quantity;
import io.deformux.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** From modalities to Kafka and back without an archive, until Ctrl-C. */
@Command(
        name = "dicom-node",
        description =
                "Takes CT and MR images by DICOM C-STORE and publishes a scan-arrived event for every series that has"
                        + " been quiet for a while and that a rule takes, until Ctrl-C. Sends what was found to a peer.",
        mixinStandardHelpOptions = true)
public final class DicomNodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config;

    @Mixin
    private KafkaOptions kafka;

    @Mixin
    private ManagementOptions management;

    @Quantity(unit = "port", least = 0, most = 65_535)
    @Option(
            names = {"--dicom-port", "--port"},
            paramLabel = "N",
            description = "Where the node listens; 0: any that is free (default: ${DEFAULT-VALUE}).")
    private int port = 11_112;

    @Option(
            names = "--dicom-address",
            paramLabel = "ADDRESS",
            description = "The address that the node listens on (default: all of this machine).")
    private String address = "0.0.0.0";

    @Mixin
    private PeerOptions peers;

    @Option(
            names = "--incoming",
            required = true,
            paramLabel = "DIR",
            description = "Where series are collected and kept, below a folder that the workers may read.")
    private Path incoming;

    @Option(
            names = "--incoming-uri",
            paramLabel = "PATH|URI",
            description = "The folder of --incoming as the workers see it (default: as the node does).")
    private String incomingUri;

    @Mixin
    private RulesOption rules;

    @Quantity(unit = "s", least = 1, most = 86_400)
    @Option(
            names = "--quiet-seconds",
            description = "After so long without an image a series is whole (default: ${DEFAULT-VALUE}).")
    private int quietSeconds = 30;

    @Quantity(unit = "days", least = 1, most = 36_500)
    @Option(
            names = "--keep-days",
            description = "Series are deleted after so long; jobs that have not begun by then fail"
                    + " (default: ${DEFAULT-VALUE}).")
    private int keepDays = 30;

    @Quantity(unit = "associations", least = 1, most = 1000)
    @Option(
            names = "--associations",
            description = "How many associations there may be at a time; a further one is told so"
                    + " (default: ${DEFAULT-VALUE}).")
    private int associations = 16;

    @Quantity(unit = "s", least = 1, most = 3600)
    @Option(
            names = "--network-seconds",
            description = "How long a PDU may take to come or go, and an association be silent"
                    + " (default: ${DEFAULT-VALUE}).")
    private int networkSeconds = 60;

    @Quantity(unit = "bytes", least = 1024, most = 1L << 40)
    @Option(names = "--image-bytes", description = "Larger images are refused (default: ${DEFAULT-VALUE}).")
    private long imageBytes = 4L << 30;

    @Mixin
    private TopicOptions topics;

    @Override
    public Integer call() throws IOException, InterruptedException {
        kafka.connection().requireUsable();
        rules.read();
        DicomNodeConfig node = node();
        try (Telemetry told = management.start(spec)) {
            told.watch(kafka.connection(), List::of);
            NodeObserver observer = told.node();
            try (DicomNode running = start(node, observer)) {
                told.requireToLive(running::runs);
                told.started();
                running.run();
            }
        }
        return ExitCode.OK;
    }

    private DicomNode start(DicomNodeConfig node, NodeObserver observer) throws IOException {
        try {
            return DicomNode.start(node, observer);
        } catch (SocketException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--dicom-port " + port + " of --dicom-address " + address + " cannot be listened at: "
                            + e.getMessage(),
                    e);
        }
    }

    /** What the options tell it. */
    DicomNodeConfig node() {
        AssociationServer.Settings listening = new AssociationServer.Settings(
                new InetSocketAddress(address, port), associations, Duration.ofSeconds(networkSeconds), peers.tls());
        return new DicomNodeConfig(
                kafka.connection(),
                topics.mayCreate(),
                peers.aeTitle(),
                listening,
                peers.list(),
                incoming.toAbsolutePath().normalize(),
                incomingUri == null ? incoming.toAbsolutePath().normalize().toUri() : Reference.of(incomingUri),
                rules.file(),
                Duration.ofSeconds(quietSeconds),
                Duration.ofDays(keepDays),
                imageBytes,
                peers.giveBack());
    }
}
