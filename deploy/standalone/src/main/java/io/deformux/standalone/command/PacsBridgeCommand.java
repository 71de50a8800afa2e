package io.deformux.standalone.command;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.FeedPublisher;
import io.deformux.messaging.TopicSetup;
import io.deformux.pacs.ArchiveAddress;
import io.deformux.pacs.Orthanc;
import io.deformux.pacs.PacsBridge;
import io.deformux.pacs.RoutingRules;
import io.deformux.standalone.option.KafkaOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final Logger LOG = LoggerFactory.getLogger(PacsBridgeCommand.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--orthanc", required = true, paramLabel = "URL", description = "As http://localhost:8042.")
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

    @Option(names = "--poll-seconds", description = "Time between two looks (default: ${DEFAULT-VALUE}).")
    private int pollSeconds = 2;

    @Override
    public Integer call() throws InterruptedException {
        RoutingRules routing = rules();
        ArchiveAddress address = address();
        Orthanc archive = new Orthanc(address.orthanc(), secret());
        if (pollSeconds < 1) {
            throw new ParameterException(spec.commandLine(), "--poll-seconds is at least 1");
        }
        Duration wait = Duration.ofSeconds(pollSeconds);
        while (true) {
            try (FeedPublisher publisher = open(address)) {
                LOG.info("Follows {} from change {}", address.orthanc(), publisher.position());
                PacsBridge bridge = new PacsBridge(archive, routing, address.dicomWeb(), publisher);
                while (true) {
                    boolean more = bridge.step();
                    wait = Duration.ofSeconds(pollSeconds);
                    if (!more) {
                        Thread.sleep(wait.toMillis());
                    }
                }
            } catch (IOException | JobException e) {
                // INTERNAL is worth another try where it is a worker's; here it is an event that cannot be.
                if (e instanceof JobException failure
                        && (!failure.code().retryable() || failure.code() == FailureCode.INTERNAL)) {
                    throw failure;
                }
                LOG.warn("Looks again in {} s: {}", wait.toSeconds(), e.getMessage());
                Thread.sleep(wait.toMillis());
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
            }
        }
    }

    private FeedPublisher open(ArchiveAddress address) {
        TopicSetup.create(kafka.connection(), TopicSetup.topics());
        return FeedPublisher.open(
                kafka.connection(), URI.create("/deformux/pacs-bridge"), feed != null ? feed : address.feed());
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

    private ArchiveAddress address() {
        try {
            return ArchiveAddress.of(orthanc, Optional.ofNullable(dicomWeb));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
