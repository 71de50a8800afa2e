package io.deformux.messaging.member;

import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a member does when partitions come, or go to other workers, and jobs with them. Called within its polls. */
final class Handover implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    private final JobTopics topics;
    private final HeldJobs held;
    private final StartLedger starts;
    private final OpenPartitions open;
    private final PassedMarkers markers;

    Handover(JobTopics topics, HeldJobs held, StartLedger starts, OpenPartitions open, PassedMarkers markers) {
        this.topics = topics;
        this.held = held;
        this.starts = starts;
        this.open = open;
        this.markers = markers;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        LOG.info("Takes jobs from {} in group {}, partitions {}", topics.routine(), topics.group(), open.numbers());
        if (held.taken().isPresent()) {
            open.close(partitions);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        open.forget(partitions);
        markers.forget(partitions);
        held.forEachOf(partitions, job -> {
            if (job.isStarted()) {
                starts.tryUncount(job); // the partition is ours until this method returns
            }
            job.lose();
        });
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        open.forget(partitions);
        markers.forget(partitions);
        held.forEachOf(partitions, TakenJob::lose);
    }
}
