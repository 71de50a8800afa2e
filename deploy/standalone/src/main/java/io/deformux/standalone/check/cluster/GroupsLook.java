package io.deformux.standalone.check.cluster;

import io.deformux.standalone.check.Finding;
import io.deformux.standalone.check.cluster.WaitingRecords.Stretch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** How many workers there are, and what waits for them. */
final class GroupsLook {
    private final Admin admin;
    private final Answers answers;
    private final WaitingRecords waiting;

    GroupsLook(Admin admin, Answers answers, WaitingRecords waiting) {
        this.admin = admin;
        this.answers = answers;
        this.waiting = waiting;
    }

    List<Finding> look(WorkerRole role) {
        return role.subscriptions().stream()
                .map(subscription -> look(subscription, role.command()))
                .toList();
    }

    private Finding look(WorkerRole.Subscription subscription, String command) {
        String name = "group " + subscription.group();
        try {
            int members = members(subscription.group());
            List<String> texts = new ArrayList<>(List.of(workers(members)));
            boolean waits = false;
            for (String topic : subscription.topics()) {
                Optional<List<Stretch>> ahead = ahead(subscription.group(), topic);
                OptionalLong records = waiting.count(ahead.orElse(List.of()), answers.left());
                long offsets = ahead.orElse(List.of()).stream()
                        .mapToLong(Stretch::length)
                        .sum();
                waits |= records.orElse(offsets) > 0;
                texts.add(topic + ": " + (ahead.isPresent() ? lag(records, offsets) : "missing"));
            }
            String value = String.join(", ", texts);
            return members == 0 && waits
                    ? Finding.warn(ClusterCheck.SECTION, name, value, "start a worker: deformux " + command)
                    : Finding.ok(ClusterCheck.SECTION, name, value);
        } catch (RefusedException e) {
            return Finding.warn(ClusterCheck.SECTION, name, "not visible: " + e.getMessage(), e.advice());
        }
    }

    /** What the group has not gone past, those included that are worked on. */
    private static String lag(OptionalLong records, long offsets) {
        return records.isPresent()
                ? records.getAsLong() + " to do"
                : "at most " + offsets + " to do (offsets, those of transaction markers included)";
    }

    private static String workers(int members) {
        return switch (members) {
            case 0 -> "no worker";
            case 1 -> "1 worker";
            default -> members + " workers";
        };
    }

    private int members(String group) throws RefusedException {
        try {
            return answers.get(admin.describeConsumerGroups(List.of(group))
                            .describedGroups()
                            .get(group))
                    .members()
                    .size();
        } catch (RefusedException e) {
            if (e.isFor(GroupIdNotFoundException.class)) {
                return 0;
            }
            throw e;
        }
    }

    /** From what the group has done to the end of what is committed, of each partition; empty without that topic. */
    Optional<List<Stretch>> ahead(String group, String topic) throws RefusedException {
        TopicDescription description;
        try {
            description = answers.get(
                    admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
        } catch (RefusedException e) {
            if (e.isFor(UnknownTopicOrPartitionException.class)) {
                return Optional.empty();
            }
            throw e;
        }
        Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        description.partitions().forEach(partition -> {
            earliest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.earliest());
            latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
        });
        Map<TopicPartition, ListOffsetsResultInfo> first =
                answers.get(admin.listOffsets(earliest).all());
        Map<TopicPartition, ListOffsetsResultInfo> end =
                answers.get(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all());
        Map<TopicPartition, OffsetAndMetadata> done = done(group);
        List<Stretch> ahead = new ArrayList<>();
        for (TopicPartition partition : latest.keySet()) {
            // Without an offset, or with one of records that are gone, a worker begins with the oldest record.
            OffsetAndMetadata committed = done.get(partition);
            long from = Math.max(first.get(partition).offset(), committed == null ? 0 : committed.offset());
            ahead.add(new Stretch(
                    partition, from, Math.max(from, end.get(partition).offset())));
        }
        return Optional.of(ahead);
    }

    private Map<TopicPartition, OffsetAndMetadata> done(String group) throws RefusedException {
        try {
            return answers.get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        } catch (RefusedException e) {
            if (e.isFor(GroupIdNotFoundException.class)) {
                return Map.of();
            }
            throw e;
        }
    }
}
