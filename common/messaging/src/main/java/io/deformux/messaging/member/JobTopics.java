package io.deformux.messaging.member;

import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;

/** Where a group's jobs come from: their topic, the one of those that go first if there is any, and where they wait. */
final class JobTopics {
    private final TopicNames names;
    private final String topic;
    private final Optional<String> urgent;
    private final String group;

    JobTopics(TopicNames names, JobLoopConfig config) {
        this.names = names;
        topic = names.of(config.topic());
        urgent = config.urgent().map(names::of);
        group = config.group();
    }

    TopicNames names() {
        return names;
    }

    String group() {
        return group;
    }

    /** The topic of the jobs that wait for their turn. */
    String routine() {
        return topic;
    }

    /** Whether some jobs go before others. */
    boolean haveUrgent() {
        return urgent.isPresent();
    }

    /** Whether what is read from {@code other} goes first, also when it comes back after a wait. */
    boolean isUrgent(String other) {
        return urgent.filter(name -> other.equals(name) || names.contract(other).equals(Topics.RETRY_URGENT))
                .isPresent();
    }

    /** All to read from. */
    List<String> all() {
        Stream<String> first = urgent.stream().flatMap(name -> Stream.of(name, names.of(Topics.RETRY_URGENT)));
        return Stream.concat(Stream.of(topic, names.of(Topics.RETRY)), first).toList();
    }

    /** The topic of the contract on which a job waits: one that goes first goes before others again when it is due. */
    String retry(TakenJob job) {
        return isUrgent(job.original().topic()) ? Topics.RETRY_URGENT : Topics.RETRY;
    }

    /** The right on a topic that is needed while there is a job: to read those with jobs, to write all others. */
    AclOperation needed(String other) {
        return other.equals(topic) || urgent.filter(other::equals).isPresent() ? AclOperation.READ : AclOperation.WRITE;
    }
}
