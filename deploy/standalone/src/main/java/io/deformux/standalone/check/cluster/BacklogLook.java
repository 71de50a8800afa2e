package io.deformux.standalone.check.cluster;

import io.deformux.standalone.check.Finding;
import io.deformux.standalone.check.cluster.WaitingRecords.Stretch;
import io.deformux.telemetry.metrics.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Whether what waits for a group is about to be deleted before anybody has read it. */
final class BacklogLook {
    /** A wait of more than this part of the retention is told. */
    private static final double NEAR = 0.75;

    private final Admin admin;
    private final Answers answers;
    private final GroupsLook groups;
    private final WaitingRecords waiting;

    BacklogLook(Admin admin, Answers answers, GroupsLook groups, WaitingRecords waiting) {
        this.admin = admin;
        this.answers = answers;
        this.groups = groups;
        this.waiting = waiting;
    }

    /** A warning for each topic of which that is so. */
    List<Finding> look(WorkerRole role) {
        return find(role).stream().flatMap(backlog -> near(backlog).stream()).toList();
    }

    /** What waits, as far as it can be seen; what cannot is said of the topic and the group. */
    List<Backlog> find(WorkerRole role) {
        List<Backlog> found = new ArrayList<>();
        for (WorkerRole.Subscription subscription : role.subscriptions()) {
            for (String topic : subscription.topics()) {
                try {
                    found.add(find(subscription.group(), topic));
                } catch (RefusedException e) {
                    continue;
                }
            }
        }
        return found;
    }

    private Backlog find(String group, String topic) throws RefusedException {
        List<Stretch> ahead = groups.ahead(group, topic).orElse(List.of());
        OptionalLong oldest = waiting.oldest(ahead, answers.left());
        Duration age = oldest.isEmpty()
                ? Duration.ZERO
                : Duration.between(Instant.ofEpochMilli(oldest.getAsLong()), Instant.now());
        return new Backlog(
                group, topic, ahead.stream().mapToLong(Stretch::length).sum(), age, retention(topic));
    }

    private static Optional<Finding> near(Backlog backlog) {
        Duration kept = backlog.retention().orElse(Duration.ZERO);
        return kept.compareTo(Duration.ZERO) > 0 && backlog.oldest().toMillis() > NEAR * kept.toMillis()
                ? Optional.of(warning(backlog.group(), backlog.topic(), backlog.oldest(), kept.toMillis()))
                : Optional.empty();
    }

    private static Finding warning(String group, String topic, Duration age, long kept) {
        return Finding.warn(
                ClusterCheck.SECTION,
                "backlog of " + group,
                "the oldest record that waits on " + topic + " is " + hours(age) + " old, and records are kept "
                        + hours(Duration.ofMillis(kept)),
                "start more workers, or keep records longer: kafka-configs --alter --topic " + topic
                        + " --add-config retention.ms=" + 2 * kept);
    }

    private static String hours(Duration time) {
        return time.toHours() > 0 ? time.toHours() + " h" : time.toMinutes() + " min";
    }

    /** Negative: for ever; empty without the right to know. */
    private Optional<Duration> retention(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            ConfigEntry entry = answers.get(
                            admin.describeConfigs(List.of(resource)).values().get(resource))
                    .get("retention.ms");
            return Optional.of(Duration.ofMillis(entry == null ? -1 : Long.parseLong(entry.value())));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }
}
