package io.deformux.worker.train.plan;

import io.deformux.failure.FailureCode;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.Outage;
import io.deformux.messaging.cluster.Refusal;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.LastResort;
import io.deformux.schemas.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topology at work, on one thread of its own. Several share the trainings, on as many workers; when one goes, the
 * others go on from the changelog. Nothing is kept on disk.
 *
 * <p>It needs the topics of the contract, and leave to create its internal topics, whose names begin with the group.
 */
public final class PlanApp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlanApp.class);
    private static final Pattern SENDING = Pattern.compile("sending record to topic (\\S+)");
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final KafkaConnection connection;
    private final Letters letters;
    private final LastResort lastResort;
    private final Outage outage = new Outage(LOG);
    private final PlanHealth health = new PlanHealth(System::nanoTime);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final KafkaStreams streams;

    private PlanApp(
            KafkaConnection connection,
            String group,
            URI source,
            Duration sessionTimeout,
            JobObserver observer,
            LastResort lastResort) {
        this.connection = connection;
        this.lastResort = lastResort;
        this.letters = new Letters(connection.topics(), observer);
        try {
            streams = new KafkaStreams(
                    PlanTopology.of(
                            source,
                            InternalTopic.partitions(connection, byTraining(group), outage),
                            letters,
                            connection.topics()),
                    settings(connection, group, sessionTimeout),
                    new PlanClients(connection, letters));
        } catch (KafkaException e) {
            throw connection.unavailable(e);
        }
        streams.setUncaughtExceptionHandler(this::failed);
    }

    /**
     * Starts it, once Kafka answers.
     *
     * @param group the application id: consumer group, and prefix of internal topics and transactional ids
     * @param source the CloudEvents source of what it publishes
     * @param sessionTimeout silence after which the others take over
     * @param observer hears of its dead letters
     * @throws io.deformux.failure.JobException {@code KAFKA_UNAVAILABLE} if the connection cannot be used as it is written
     */
    public static PlanApp start(
            KafkaConnection connection, String group, URI source, Duration sessionTimeout, JobObserver observer) {
        return start(connection, group, source, sessionTimeout, observer, LastResort.NONE);
    }

    /** The same of one that ends its process by {@code lastResort} after an error. */
    public static PlanApp start(
            KafkaConnection connection,
            String group,
            URI source,
            Duration sessionTimeout,
            JobObserver observer,
            LastResort lastResort) {
        PlanApp app = new PlanApp(connection, group, source, sessionTimeout, observer, lastResort);
        app.streams.start();
        return app;
    }

    /** The thread is replaced; what it was at comes again. After an error nothing is to be relied on. */
    private StreamThreadExceptionResponse failed(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof StreamsException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof MissingSourceTopicException) {
            cause = new UnknownTopicOrPartitionException(
                    PlanTopology.SOURCES.stream().map(connection.topics()::of).collect(Collectors.joining(" or ")));
        }
        if (cause instanceof Error broken) {
            LOG.error("Planning cannot go on after an error", broken);
            lastResort.broken(broken);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        health.failed(cause instanceof KafkaException ? FailureCode.KAFKA_UNAVAILABLE : FailureCode.INTERNAL);
        if (!(cause instanceof KafkaException)) {
            LOG.error("Planning has a fault, starts again", failure);
        }
        Refusal refusal = Refusal.of(cause, topic -> topic(failure).isEmpty() ? needed(topic) : AclOperation.WRITE);
        if (refusal.isFor(RecordTooLargeException.class)) {
            letters.lower();
        }
        try {
            Duration wait = outage.refused("Planning at " + connection + topic(failure), refusal);
            if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("Planning ends");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Where a record was to go that was not taken: Kafka Streams tells it in the text only. */
    private static String topic(Throwable failure) {
        Matcher sending = SENDING.matcher(String.valueOf(failure.getMessage()));
        return sending.find() ? ", topic " + sending.group(1) : "";
    }

    private AclOperation needed(String topic) {
        String name = connection.topics().contract(topic);
        return name.equals(Topics.TRAINING_REQUESTED) || name.equals(Topics.JOB_CANCEL)
                ? AclOperation.READ
                : AclOperation.WRITE;
    }

    /** Why planning stands still, by a code as {@code KAFKA_UNAVAILABLE}, which a missing right is too; empty if it does not. */
    public Optional<String> problem() {
        return health.problem(streams.state());
    }

    /** The topics that it creates for itself: names begin with the group, and nobody else reads or writes them. */
    public static List<String> internalTopics(String group) {
        return List.of(
                byTraining(group), changelog(group, PlanStore.TRAININGS), changelog(group, PlanStore.COMPARISONS));
    }

    private static String changelog(String group, String store) {
        return group + "-" + store + "-changelog";
    }

    private static String byTraining(String group) {
        return group + "-" + PlanTopology.BY_TRAINING + "-repartition";
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
        closing.countDown();
        streams.close(CloseOptions.timeout(CLOSE_LIMIT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }
}
