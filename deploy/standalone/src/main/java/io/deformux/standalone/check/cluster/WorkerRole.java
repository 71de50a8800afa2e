package io.deformux.standalone.check.cluster;

import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import io.deformux.worker.train.messaging.TrainingGroups;
import io.deformux.worker.train.plan.PlanApp;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a kind of worker needs of the cluster.
 *
 * @param command that starts one
 * @param subscriptions what it reads in groups
 * @param follows what it reads without a group
 * @param writes the topics that it publishes on
 * @param internalTopics what it creates for itself, reads and writes
 */
public record WorkerRole(
        String command,
        List<Subscription> subscriptions,
        List<String> follows,
        List<String> writes,
        List<String> internalTopics) {

    /**
     * What a consumer group reads; the group's name is the prefix of its transactional ids.
     *
     * @param group its name
     * @param topics what it reads
     * @param jobs whether each partition is a queue for one worker at a time, so that one is too few
     */
    public record Subscription(String group, List<String> topics, boolean jobs) {}

    /** Of workers that segment. */
    public static WorkerRole inference(String group) {
        return new WorkerRole(
                "infer-worker",
                List.of(new Subscription(
                        group,
                        List.of(Topics.SCAN_ARRIVED, Topics.SCAN_URGENT, Topics.RETRY, Topics.RETRY_URGENT),
                        true)),
                List.of(Topics.JOB_CANCEL),
                List.of(
                        Topics.SEGMENTATION_RESULT,
                        Topics.PROGRESS,
                        Topics.RETRY,
                        Topics.RETRY_URGENT,
                        Topics.DEAD_LETTER),
                List.of());
    }

    /**
     * Of workers that train.
     *
     * @param group the beginning of the names of their groups
     */
    public static WorkerRole training(String group) {
        TrainingGroups groups = TrainingGroups.of(group);
        return new WorkerRole(
                "train-worker",
                List.of(
                        new Subscription(groups.folds(), List.of(Topics.TRAINING_FOLD_REQUESTED, Topics.RETRY), true),
                        new Subscription(groups.publications(), List.of(Topics.TRAINING_READY, Topics.RETRY), true),
                        new Subscription(
                                groups.plan(),
                                List.of(Topics.TRAINING_REQUESTED, Topics.TRAINING_RESULT, Topics.JOB_CANCEL),
                                false)),
                List.of(Topics.JOB_CANCEL),
                List.of(
                        Topics.TRAINING_REQUESTED,
                        Topics.TRAINING_FOLD_REQUESTED,
                        Topics.TRAINING_READY,
                        Topics.TRAINING_RESULT,
                        Topics.MODEL_PUBLISHED,
                        Topics.PROGRESS,
                        Topics.RETRY,
                        Topics.DEAD_LETTER),
                PlanApp.internalTopics(groups.plan()));
    }

    /** The same on a cluster that names the topics so. */
    public WorkerRole on(TopicNames names) {
        return new WorkerRole(
                command,
                subscriptions.stream()
                        .map(one -> new Subscription(
                                one.group(),
                                one.topics().stream().map(names::of).toList(),
                                one.jobs()))
                        .toList(),
                follows.stream().map(names::of).toList(),
                writes.stream().map(names::of).toList(),
                internalTopics);
    }

    /** The topics of the contract that it reads. */
    Set<String> reads() {
        Set<String> topics = new TreeSet<>(follows);
        subscriptions.forEach(subscription -> topics.addAll(subscription.topics()));
        return topics;
    }

    /** The topics of the contract that it reads or writes. */
    Set<String> topics() {
        Set<String> topics = reads();
        topics.addAll(writes);
        return topics;
    }

    /** Those of which each partition is a queue. */
    Set<String> jobTopics() {
        Set<String> topics = new TreeSet<>();
        subscriptions.stream().filter(Subscription::jobs).forEach(subscription -> topics.addAll(subscription.topics()));
        return topics;
    }
}
