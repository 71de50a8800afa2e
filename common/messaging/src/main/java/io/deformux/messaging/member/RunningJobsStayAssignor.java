package io.deformux.messaging.member;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.TopicPartition;

/**
 * Kafka's cooperative sticky assignment, topic by topic, except that a partition whose job is running stays where it is.
 *
 * <p>Without the exception, a worker that joins the group takes a fair share of the partitions, and with them jobs that have
 * been running for hours. Each member tells the leader of the group in its subscription which partition it works on: the
 * cooperative sticky user data, then the topic's name in UTF-8, its length and the partition number as four bytes each; no
 * name and {@value #NONE} where there is none.
 *
 * <p>Topic by topic, since over all of them at once one member may get all job partitions and another all of the retry topic.
 *
 * <p>All members of a group must use this assignor.
 */
public final class RunningJobsStayAssignor extends CooperativeStickyAssignor implements Configurable {
    /** Consumer property that holds a {@link Supplier} of the partition with the running job, or of nothing. */
    static final String RUNNING = "deformux.running.partition";

    private static final int NONE = -1;
    private static final int NUMBERS = 2 * Integer.BYTES;

    private Supplier<Optional<TopicPartition>> running = Optional::empty;

    @Override
    @SuppressWarnings("unchecked")
    public void configure(Map<String, ?> configs) {
        running = (Supplier<Optional<TopicPartition>>) configs.get(RUNNING);
    }

    @Override
    public String name() {
        return "deformux-running-jobs-stay";
    }

    @Override
    public ByteBuffer subscriptionUserData(Set<String> topics) {
        ByteBuffer sticky = super.subscriptionUserData(topics);
        Optional<TopicPartition> busy = running.get();
        byte[] topic = busy.map(TopicPartition::topic).orElse("").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(sticky.remaining() + topic.length + NUMBERS)
                .put(sticky)
                .put(topic)
                .putInt(topic.length)
                .putInt(busy.map(TopicPartition::partition).orElse(NONE))
                .flip();
    }

    private static Optional<TopicPartition> busy(ByteBuffer data) {
        int numbers = data.limit() - NUMBERS;
        int length = data.getInt(numbers);
        int partition = data.getInt(numbers + Integer.BYTES);
        if (partition == NONE) {
            return Optional.empty();
        }
        byte[] topic = new byte[length];
        data.duplicate().position(numbers - length).get(topic);
        return Optional.of(new TopicPartition(new String(topic, StandardCharsets.UTF_8), partition));
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription group) {
        Map<String, Subscription> members = group.groupSubscription();
        Map<String, List<TopicPartition>> assigned = new HashMap<>();
        members.keySet().forEach(member -> assigned.put(member, new ArrayList<>()));
        Set<String> topics = new TreeSet<>();
        members.values().forEach(subscription -> topics.addAll(subscription.topics()));
        for (String topic : topics) {
            super.assign(metadata, new GroupSubscription(of(topic, members)))
                    .groupAssignment()
                    .forEach((member, some) -> assigned.get(member).addAll(some.partitions()));
        }
        Map<String, Assignment> assignments = new HashMap<>();
        assigned.forEach((member, partitions) -> {
            // A partition that changes hands is first taken away from everyone: none of these goes to another member
            // now.
            busy(members.get(member).userData())
                    .filter(members.get(member).ownedPartitions()::contains)
                    .filter(busy -> !partitions.contains(busy))
                    .ifPresent(partitions::add);
            assignments.put(member, new Assignment(partitions));
        });
        return new ConsumerPartitionAssignor.GroupAssignment(assignments);
    }

    /** The members of one topic, as if they had subscribed to nothing else. */
    private static Map<String, Subscription> of(String topic, Map<String, Subscription> members) {
        Map<String, Subscription> some = new HashMap<>();
        members.forEach((member, subscription) -> {
            if (subscription.topics().contains(topic)) {
                List<TopicPartition> owned = subscription.ownedPartitions().stream()
                        .filter(partition -> partition.topic().equals(topic))
                        .toList();
                Subscription one = new Subscription(
                        List.of(topic),
                        subscription.userData(),
                        owned,
                        subscription.generationId().orElse(DEFAULT_GENERATION),
                        subscription.rackId());
                one.setGroupInstanceId(subscription.groupInstanceId());
                some.put(member, one);
            }
        });
        return some;
    }
}
