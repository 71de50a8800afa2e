package io.deformux.messaging.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningJobsStayAssignorTest {
    private static final String TOPIC = "jobs";
    private static final String RETRY = "retry";
    private static final int PARTITIONS = 8;

    private final Map<String, Integer> running = new HashMap<>();
    private final Map<String, List<TopicPartition>> owned = new HashMap<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void aNewcomerGetsAShareButNotTheRunningJob(int busy) {
        owned.put("old", partitions(0, PARTITIONS));
        running.put("old", busy);
        rebalance();
        assertThat(owned.get("old")).contains(new TopicPartition(TOPIC, busy));

        owned.put("new", List.of());
        rebalance(); // takes away
        assertThat(owned.get("old")).contains(new TopicPartition(TOPIC, busy));
        rebalance(); // hands out what was taken away
        assertThat(owned.get("old")).contains(new TopicPartition(TOPIC, busy));
        assertThat(of(owned.get("new"), TOPIC)).hasSizeGreaterThanOrEqualTo(PARTITIONS / 2 - 1);
        assertThat(everything()).containsExactlyInAnyOrderElementsOf(partitions(0, PARTITIONS));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 9, 12})
    void everyPartitionHasOneOwnerHoweverManyJoin(int members) {
        owned.put("m0", partitions(0, PARTITIONS));
        running.put("m0", 3);
        for (int member = 1; member < members; member++) {
            owned.put("m" + member, List.of());
            rebalance();
            rebalance();
        }
        assertThat(everything()).containsExactlyInAnyOrderElementsOf(partitions(0, PARTITIONS));
        assertThat(owned.get("m0")).contains(new TopicPartition(TOPIC, 3));
    }

    @Test
    void everyTopicIsSharedOut() {
        owned.put("m0", List.of());
        owned.put("m1", List.of());
        rebalance();
        rebalance();
        for (String member : owned.keySet()) {
            assertThat(of(owned.get(member), TOPIC)).hasSize(PARTITIONS / 2);
            assertThat(of(owned.get(member), RETRY)).hasSize(PARTITIONS / 2);
        }
    }

    private static List<TopicPartition> of(List<TopicPartition> partitions, String topic) {
        return partitions.stream().filter(p -> p.topic().equals(topic)).toList();
    }

    /** One round: every member joins with what it owns, and leaves with what it is assigned. */
    private void rebalance() {
        Map<String, Subscription> subscriptions = new HashMap<>();
        owned.forEach((member, partitions) -> {
            Optional<TopicPartition> busy =
                    Optional.ofNullable(running.get(member)).map(p -> new TopicPartition(TOPIC, p));
            RunningJobsStayAssignor assignor = new RunningJobsStayAssignor();
            assignor.configure(
                    Map.of(RunningJobsStayAssignor.RUNNING, (Supplier<Optional<TopicPartition>>) () -> busy));
            subscriptions.put(
                    member,
                    new Subscription(
                            List.of(RETRY, TOPIC),
                            assignor.subscriptionUserData(Set.of(TOPIC)),
                            partitions,
                            1,
                            Optional.empty()));
        });
        Map<String, Assignment> assigned = new RunningJobsStayAssignor()
                .assign(cluster(), new GroupSubscription(subscriptions))
                .groupAssignment();
        assigned.forEach((member, assignment) -> owned.put(member, assignment.partitions()));
    }

    private List<TopicPartition> everything() {
        List<TopicPartition> all = new ArrayList<>();
        owned.values().forEach(all::addAll);
        return of(all, TOPIC);
    }

    private static List<TopicPartition> partitions(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(p -> new TopicPartition(TOPIC, p))
                .toList();
    }

    private static Cluster cluster() {
        Node node = new Node(1, "localhost", 9092);
        List<PartitionInfo> infos = Stream.of(TOPIC, RETRY)
                .flatMap(topic -> IntStream.range(0, PARTITIONS)
                        .mapToObj(p -> new PartitionInfo(topic, p, node, new Node[] {node}, new Node[] {node})))
                .toList();
        return new Cluster("test", List.of(node), infos, Set.of(), Set.of());
    }
}
