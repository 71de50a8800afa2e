package io.deformux.worker.train.plan;

import io.deformux.messaging.KafkaConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topology at work, on one thread of its own. Several share the trainings, on as many workers; when one goes, the
 * others go on from the changelog. Nothing is kept on disk.
 *
 * <p>It needs the topics of the contract, and leave to create its two internal topics, whose names begin with the group.
 */
public final class PlanApp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlanApp.class);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(2);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final KafkaStreams streams;

    private PlanApp(KafkaStreams streams) {
        this.streams = streams;
    }

    /**
     * Starts it.
     *
     * @param group the application id: consumer group, and prefix of internal topics and transactional ids
     * @param source the CloudEvents source of what it publishes
     * @param sessionTimeout silence after which the others take over
     */
    public static PlanApp start(KafkaConnection connection, String group, URI source, Duration sessionTimeout) {
        KafkaStreams streams = new KafkaStreams(PlanTopology.of(source), settings(connection, group, sessionTimeout));
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.error("Planning at {} has failed; starts again", connection, failure);
            try {
                Thread.sleep(RETRY_DELAY.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        streams.start();
        return new PlanApp(streams);
    }

    /** The topics that it creates for itself: names begin with the group, and nobody else reads or writes them. */
    public static List<String> internalTopics(String group) {
        return List.of(
                group + "-" + PlanTopology.BY_TRAINING + "-repartition", group + "-" + Planning.STORE + "-changelog");
    }

    private static Properties settings(KafkaConnection connection, String group, Duration sessionTimeout) {
        int session = Math.toIntExact(sessionTimeout.toMillis());
        Properties settings = new Properties();
        settings.putAll(connection.client(Map.ofEntries(
                Map.entry("application.id", group),
                Map.entry("processing.guarantee", "exactly_once_v2"),
                Map.entry("num.stream.threads", 1),
                // Without global tables this changes nothing, but its absence is warned of with every client.
                Map.entry("processing.exception.handler.global.enabled", true),
                Map.entry("auto.offset.reset", "earliest"),
                Map.entry("session.timeout.ms", session),
                Map.entry("heartbeat.interval.ms", session / 3),
                // A worker that dies between two commits must not hold up the readers of results for long.
                Map.entry("producer.transaction.timeout.ms", 10_000))));
        return settings;
    }

    /** Leaves its group, so that the others take over at once. */
    @Override
    public void close() {
        streams.close(CloseOptions.timeout(CLOSE_LIMIT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }
}
