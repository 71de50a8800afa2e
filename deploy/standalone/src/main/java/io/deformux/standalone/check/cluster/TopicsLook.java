package io.deformux.standalone.check.cluster;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.cluster.TopicSetup.Topic;
import io.deformux.standalone.check.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of the contract: whether they are there, or could be, and whether they are as workers want them. */
final class TopicsLook {
    private static final String COMPACT = "compact";

    private final KafkaConnection connection;
    private final Admin admin;
    private final Answers answers;

    TopicsLook(Admin admin, Answers answers, KafkaConnection connection) {
        this.connection = connection;
        this.admin = admin;
        this.answers = answers;
    }

    List<Finding> look(List<WorkerRole> roles) {
        Set<String> needed = new TreeSet<>();
        Set<String> jobs = new TreeSet<>();
        for (WorkerRole role : roles) {
            needed.addAll(role.topics());
            jobs.addAll(role.jobTopics());
        }
        List<Topic> contract = TopicSetup.topics().stream()
                .map(topic -> topic.on(connection))
                .filter(topic -> needed.contains(topic.name()))
                .toList();
        Answers.Each<String, TopicDescription> described =
                answers.each(admin.describeTopics(needed).topicNameValues());
        Answers.Each<ConfigResource, Config> settings =
                answers.each(admin.describeConfigs(described.given().keySet().stream()
                                .map(TopicsLook::resource)
                                .toList())
                        .values());
        int brokers = brokers();
        List<Finding> findings = new ArrayList<>();
        for (Topic topic : contract) {
            TopicDescription there = described.given().get(topic.name());
            findings.add(
                    there == null
                            ? absent(topic, described.refused().get(topic.name()))
                            : present(
                                    topic,
                                    there,
                                    settings.given().get(resource(topic.name())),
                                    jobs.contains(topic.name()),
                                    brokers));
        }
        return findings;
    }

    private int brokers() {
        try {
            return answers.get(admin.describeCluster().nodes()).size();
        } catch (RefusedException e) {
            return 1;
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private Finding absent(Topic topic, RefusedException why) {
        String name = name(topic);
        if (!why.isFor(UnknownTopicOrPartitionException.class)) {
            return Finding.fail(ClusterCheck.SECTION, name, "not visible, " + why.getMessage(), why.advice());
        }
        try {
            tryToCreate(topic);
            return Finding.warn(
                    ClusterCheck.SECTION,
                    name,
                    "missing",
                    "a worker creates it when it starts, unless with --no-create-topics");
        } catch (RefusedException e) {
            return Finding.fail(
                    ClusterCheck.SECTION,
                    name,
                    "missing, and cannot be created: " + e.getMessage(),
                    "have it created: kafka-topics --create --topic " + topic.name() + " --partitions "
                            + topic.partitions() + settings(topic));
        }
    }

    /** Asks whether it could be created, which leaves nothing behind. */
    private void tryToCreate(Topic topic) throws RefusedException {
        try {
            answers.get(admin.createTopics(List.of(topic.request()), new CreateTopicsOptions().validateOnly(true))
                    .all());
        } catch (RefusedException e) {
            if (!e.isFor(TopicExistsException.class)) { // a worker was quicker
                throw e;
            }
        }
    }

    private static String settings(Topic topic) {
        return topic.request().configs().entrySet().stream()
                .map(setting -> " --config " + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining());
    }

    private static Finding present(Topic topic, TopicDescription there, Config settings, boolean jobs, int brokers) {
        List<TopicPartitionInfo> partitions = there.partitions();
        String value = plural(partitions.size(), "partition") + ", replication "
                + partitions.get(0).replicas().size() + ", " + kept(settings);
        long leaderless = partitions.stream()
                .filter(p -> p.leader() == null || p.leader().isEmpty())
                .count();
        if (leaderless > 0) {
            return Finding.fail(
                    ClusterCheck.SECTION,
                    name(topic),
                    value + ", " + leaderless + " without a leader",
                    "bring back the brokers that hold these partitions");
        }
        if (jobs && partitions.size() == 1) {
            return Finding.warn(
                    ClusterCheck.SECTION,
                    name(topic),
                    value,
                    "only one worker at a time can work; kafka-topics --alter --topic " + topic.name()
                            + " --partitions " + topic.partitions());
        }
        Optional<String> set = forgotten(topic, settings).or(() -> timedByWorkers(topic, settings));
        if (set.isPresent()) {
            return Finding.warn(ClusterCheck.SECTION, name(topic), value, set.get());
        }
        if (brokers > 1 && partitions.get(0).replicas().size() == 1) {
            return Finding.warn(
                    ClusterCheck.SECTION,
                    name(topic),
                    value,
                    "what is on a broker goes with it; give the topic replicas on others with"
                            + " kafka-reassign-partitions");
        }
        long behind = partitions.stream()
                .filter(p -> p.isr().size() < p.replicas().size())
                .count();
        if (behind > 0) {
            return Finding.warn(
                    ClusterCheck.SECTION,
                    name(topic),
                    value + ", " + behind + " with a replica behind",
                    "bring back the broker that is away, before another one goes");
        }
        return Finding.ok(ClusterCheck.SECTION, name(topic), value);
    }

    /** What to do where a worker whose clock is ahead would be refused. */
    private static Optional<String> timedByWorkers(Topic topic, Config settings) {
        return settings != null
                        && topic.timedByBrokers()
                        && !value(settings, "message.timestamp.type").equals("LogAppendTime")
                ? Optional.of("records of a worker whose clock is ahead are refused" + cure(topic)
                        + "message.timestamp.type=LogAppendTime")
                : Optional.empty();
    }

    private static String cure(Topic topic) {
        return "; kafka-configs --alter --topic " + topic.name() + " --add-config ";
    }

    /** What to do where records go earlier than they should. */
    private static Optional<String> forgotten(Topic topic, Config settings) {
        if (settings == null || policy(settings).contains(COMPACT)) {
            return Optional.empty();
        }
        String cure = cure(topic);
        if (topic.retention().isEmpty()) {
            return Optional.of("models are forgotten with time" + cure + "cleanup.policy=compact");
        }
        long wanted = topic.retention().get().toMillis();
        long kept = Long.parseLong(value(settings, "retention.ms"));
        return kept >= 0 && kept < wanted
                ? Optional.of("records go before " + time(topic.retention().get()) + " have passed" + cure
                        + "retention.ms=" + wanted)
                : Optional.empty();
    }

    private static String kept(Config settings) {
        if (settings == null) {
            return "settings not visible";
        }
        String policy = policy(settings);
        if (policy.equals(COMPACT)) {
            return "compacted";
        }
        long ms = Long.parseLong(value(settings, "retention.ms"));
        String time = ms < 0 ? "for ever" : time(Duration.ofMillis(ms));
        return (policy.contains(COMPACT) ? "compacted, " : "") + "kept " + time;
    }

    private static String time(Duration time) {
        return time.toDays() > 0 ? plural(time.toDays(), "day") : time.toMinutes() + " min";
    }

    private static String policy(Config settings) {
        return value(settings, "cleanup.policy");
    }

    private static String value(Config settings, String name) {
        ConfigEntry entry = settings.get(name);
        return entry == null ? "" : entry.value();
    }

    private static String plural(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String name(Topic topic) {
        return "topic " + topic.name();
    }
}
