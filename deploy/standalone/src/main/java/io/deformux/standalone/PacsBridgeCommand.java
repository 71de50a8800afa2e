package io.deformux.standalone;

import io.deformux.failure.JobException;
import io.deformux.messaging.FeedPublisher;
import io.deformux.messaging.TopicSetup;
import io.deformux.standalone.pacs.Orthanc;
import io.deformux.standalone.pacs.PacsBridge;
import io.deformux.standalone.pacs.RoutingRules;
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
final class PacsBridgeCommand implements Callable<Integer> {
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
    public Integer call() throws IOException, InterruptedException {
        RoutingRules routing = rules();
        Orthanc archive = new Orthanc(orthanc, secret());
        TopicSetup.create(kafka.connection(), TopicSetup.topics());
        Duration wait = Duration.ofSeconds(pollSeconds);
        while (true) {
            try (FeedPublisher publisher =
                    FeedPublisher.open(kafka.connection(), URI.create("/deformux/pacs-bridge"), feed())) {
                LOG.info("Follows {} from change {}", orthanc, publisher.position());
                PacsBridge bridge = new PacsBridge(archive, routing, dicomWeb(), publisher);
                while (true) {
                    boolean more = bridge.step();
                    wait = Duration.ofSeconds(pollSeconds);
                    if (!more) {
                        Thread.sleep(wait.toMillis());
                    }
                }
            } catch (IOException | JobException e) {
                if (e instanceof JobException failure && !failure.code().retryable()) {
                    throw failure;
                }
                LOG.warn("Looks again in {} s: {}", wait.toSeconds(), e.getMessage());
                Thread.sleep(wait.toMillis());
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
            }
        }
    }

    private RoutingRules rules() {
        try {
            return RoutingRules.read(rules);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--rules " + rules + ": " + e.getMessage(), e);
        }
    }

    private Optional<String> secret() throws IOException {
        return credentials == null
                ? Optional.empty()
                : Optional.of(Files.readString(credentials).strip());
    }

    private String feed() {
        return feed != null ? feed : "orthanc-" + orthanc.getHost() + "-" + orthanc.getPort();
    }

    private URI dicomWeb() {
        String scheme = "https".equals(orthanc.getScheme()) ? "dicomwebs" : "dicomweb";
        return dicomWeb != null ? dicomWeb : URI.create(scheme + "://" + orthanc.getAuthority() + "/dicom-web");
    }
}
