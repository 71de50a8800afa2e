package io.deformux.messaging;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.TopicPartition;

/**
 * Kafka's cooperative sticky assignment, except that a partition whose job is running stays where it is.
 *
 * <p>Without this, a worker that joins the group takes a fair share of the partitions, and with them jobs that have been
 * running for hours. Each member tells the leader of the group in its subscription which partition it works on: the
 * cooperative sticky user data, then the partition number as four bytes, or {@value #NONE}.
 *
 * <p>All members of a group must use this assignor, and subscribe to the same one topic.
 */
public final class RunningJobsStayAssignor extends CooperativeStickyAssignor implements Configurable {
    /** Consumer property that holds an {@link IntSupplier}: the partition with the running job, or {@link #NONE}. */
    static final String RUNNING = "deformux.running.partition";

    static final int NONE = -1;

    private IntSupplier running = () -> NONE;

    @Override
    public void configure(Map<String, ?> configs) {
        running = (IntSupplier) configs.get(RUNNING);
    }

    @Override
    public String name() {
        return "deformux-running-jobs-stay";
    }

    @Override
    public ByteBuffer subscriptionUserData(Set<String> topics) {
        ByteBuffer sticky = super.subscriptionUserData(topics);
        return ByteBuffer.allocate(sticky.remaining() + Integer.BYTES)
                .put(sticky)
                .putInt(running.getAsInt())
                .flip();
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription group) {
        Map<String, TopicPartition> staying = new HashMap<>();
        group.groupSubscription().forEach((member, subscription) -> {
            ByteBuffer data = subscription.userData();
            int partition = data.getInt(data.limit() - Integer.BYTES);
            TopicPartition busy = new TopicPartition(subscription.topics().get(0), partition);
            if (subscription.ownedPartitions().contains(busy)) {
                staying.put(member, busy);
            }
        });
        Map<String, Assignment> assignments = new HashMap<>();
        super.assign(metadata, group).groupAssignment().forEach((member, assignment) -> {
            // A partition that changes hands is first taken away from everyone: none of these goes to another member
            // now.
            List<TopicPartition> partitions = new ArrayList<>(assignment.partitions());
            TopicPartition busy = staying.get(member);
            if (busy != null && !partitions.contains(busy)) {
                partitions.add(busy);
            }
            assignments.put(member, new Assignment(partitions, assignment.userData()));
        });
        return new ConsumerPartitionAssignor.GroupAssignment(assignments);
    }
}
