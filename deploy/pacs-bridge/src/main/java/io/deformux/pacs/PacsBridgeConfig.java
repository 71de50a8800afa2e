package io.deformux.pacs;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.FeedPublisher;
import io.deformux.routing.RulesFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a bridge needs to know.
 *
 * @param kafka how to reach the cluster
 * @param createTopics whether missing topics are created
 * @param archive where the archive is
 * @param credentials {@code user:password} for it, if it wants any
 * @param rules the file of which series go to which models
 * @param feed names the archive's feed in Kafka
 * @param pace the time between two looks
 * @param start where the feed begins if it has no place yet
 */
public record PacsBridgeConfig(
        KafkaConnection kafka,
        boolean createTopics,
        ArchiveAddress archive,
        Optional<String> credentials,
        Path rules,
        String feed,
        Duration pace,
        FeedStart start) {
    private static final URI SOURCE = URI.create("/deformux/pacs-bridge");

    /** Checks that every part is there. */
    public PacsBridgeConfig {
        Objects.requireNonNull(kafka, "kafka");
        Objects.requireNonNull(archive, "archive");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(pace, "pace");
        Objects.requireNonNull(start, "start");
    }

    /**
     * The loop of it, not yet running.
     *
     * @throws IllegalArgumentException saying what of the rules is wrong
     */
    public BridgeLoop loop() {
        return loop(BridgeObserver.NONE);
    }

    /** The same, and somebody hears of it. */
    public BridgeLoop loop(BridgeObserver observer) {
        return new BridgeLoop(
                new Orthanc(archive.orthanc(), credentials),
                RulesFile.open(rules, observer::rules)::current,
                archive.dicomWeb(),
                this::open,
                pace,
                start,
                observer);
    }

    private FeedPublisher open() {
        if (createTopics) {
            TopicSetup.create(kafka);
            FeedPublisher.createTopic(kafka);
        }
        return FeedPublisher.open(kafka, SOURCE, feed);
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return archive.orthanc() + " as " + feed + " to " + kafka;
    }
}
