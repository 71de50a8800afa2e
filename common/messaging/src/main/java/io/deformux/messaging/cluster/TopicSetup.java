package io.deformux.messaging.cluster;

import io.deformux.schemas.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are absent; leaves those that exist as they are. Several workers may do so at once. For all
 * threads.
 *
 * <p>Where topics are managed elsewhere, create them by these settings: a job topic with more partitions than there will
 * ever be workers; its retention longer than a job may wait for its turn; and {@code offsets.retention.minutes} of the
 * brokers as long, or a group that has had no worker for that time begins again with jobs that are done.
 */
public final class TopicSetup {
    /** Partitions of a topic that is spread over workers. */
    public static final int JOB_PARTITIONS = 16;

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MONTH = Duration.ofDays(30);

    /** How long requests to end a job are kept, and hold: as long as a fold may wait for its turn. */
    public static final Duration CANCELS_KEPT = MONTH;

    private static final Duration QUARTER = Duration.ofDays(92);
    private static final long TIMEOUT_SECONDS = 30;

    /**
     * A topic to be.
     *
     * @param name its name
     * @param partitions its number of partitions
     * @param retention how long a record is kept at least; empty: compacted, so that the newest record of each key stays
     * @param timedByBrokers whether a record has the time at which a broker took it, so that a worker whose clock is
     *     wrong is not refused (brokers take nothing that is an hour ahead); else the time that its producer gave it
     */
    public record Topic(String name, int partitions, Optional<Duration> retention, boolean timedByBrokers) {
        /** A topic that others write, whose records go with time. */
        public Topic(String name, int partitions, Duration retention) {
            this(name, partitions, Optional.of(retention), false);
        }

        private static Topic ofWorkers(String name, int partitions, Duration retention) {
            return new Topic(name, partitions, Optional.of(retention), true);
        }

        /** What Kafka is asked for, with the broker's default replication. */
        public NewTopic request() {
            return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings());
        }

        /** As that cluster names it. */
        public Topic on(KafkaConnection cluster) {
            return new Topic(cluster.topics().of(name), partitions, retention, timedByBrokers);
        }

        private Map<String, String> settings() {
            Map<String, String> settings = new TreeMap<>();
            retention.ifPresentOrElse(
                    time -> settings.put("retention.ms", Long.toString(time.toMillis())),
                    () -> settings.put("cleanup.policy", "compact"));
            if (timedByBrokers) {
                settings.put("message.timestamp.type", "LogAppendTime");
            }
            return settings;
        }
    }

    private TopicSetup() {}

    /** The topics of the contract. */
    public static List<Topic> topics() {
        return List.of(
                new Topic(Topics.SCAN_ARRIVED, JOB_PARTITIONS, WEEK),
                new Topic(Topics.SCAN_URGENT, JOB_PARTITIONS, WEEK),
                Topic.ofWorkers(Topics.SEGMENTATION_RESULT, JOB_PARTITIONS, WEEK),
                new Topic(Topics.TRAINING_REQUESTED, JOB_PARTITIONS, WEEK),
                new Topic(Topics.TRAINING_FOLD_REQUESTED, JOB_PARTITIONS, MONTH),
                new Topic(Topics.TRAINING_READY, JOB_PARTITIONS, WEEK),
                Topic.ofWorkers(Topics.TRAINING_RESULT, JOB_PARTITIONS, QUARTER),
                new Topic(Topics.MODEL_PUBLISHED, 1, Optional.empty(), true),
                Topic.ofWorkers(Topics.PROGRESS, 1, HOUR),
                Topic.ofWorkers(Topics.RETRY, JOB_PARTITIONS, MONTH),
                Topic.ofWorkers(Topics.RETRY_URGENT, JOB_PARTITIONS, MONTH),
                Topic.ofWorkers(Topics.DEAD_LETTER, 1, QUARTER),
                new Topic(Topics.DEAD_LETTER_REPLAY, JOB_PARTITIONS, WEEK),
                new Topic(Topics.JOB_CANCEL, 1, CANCELS_KEPT));
    }

    /** {@link #create(KafkaConnection, Collection)} for the topics of the contract. */
    public static void create(KafkaConnection connection) {
        create(connection, topics());
    }

    /**
     * Creates what is absent of {@code topics}, with the broker's default replication, and waits until it can be used.
     *
     * @throws io.deformux.failure.JobException {@code KAFKA_UNAVAILABLE} if Kafka does not answer or refuses
     */
    public static void create(KafkaConnection connection, Collection<Topic> topics) {
        List<Topic> named = topics.stream().map(topic -> topic.on(connection)).toList();
        List<String> names = named.stream().map(Topic::name).toList();
        try (Admin admin = Admin.create(connection.client(Map.of()))) {
            Set<String> absent = absent(admin, names);
            List<NewTopic> wanted = named.stream()
                    .filter(topic -> absent.contains(topic.name()))
                    .map(Topic::request)
                    .toList();
            for (Map.Entry<String, KafkaFuture<Void>> each :
                    admin.createTopics(wanted).values().entrySet()) {
                awaitCreated(each.getKey(), each.getValue());
            }
            awaitKnown(admin, absent);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (Exception e) {
            throw connection.unavailable(Refusal.of(e, topic -> AclOperation.CREATE));
        }
    }

    /** Those that are not there: who may not create topics can work where somebody else has. */
    private static Set<String> absent(Admin admin, List<String> names) throws Exception {
        Set<String> absent = new HashSet<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> each :
                admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                each.getValue().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    absent.add(each.getKey());
                } else if (!(e.getCause() instanceof AuthorizationException)) { // which is said when it is used
                    throw e;
                }
            }
        }
        return absent;
    }

    private static void awaitCreated(String topic, KafkaFuture<Void> created) throws Exception {
        try {
            created.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicAuthorizationException) { // which does not say of what
                throw new TopicAuthorizationException("to create the topic " + topic, Set.of(topic));
            }
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** Brokers learn of a new topic a moment after its creation was confirmed. */
    private static void awaitKnown(Admin admin, Collection<String> names) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (true) {
            try {
                admin.describeTopics(names).allTopicNames().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() - end > 0) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }
}
