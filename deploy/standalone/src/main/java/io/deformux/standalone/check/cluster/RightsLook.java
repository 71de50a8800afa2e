package io.deformux.standalone.check.cluster;

import io.deformux.messaging.cluster.Refusal;
import io.deformux.standalone.check.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Whether this user may do what a worker does. A cluster without an authorizer allows everything.
 *
 * <p>Kafka tells the rights on topics and groups that exist. Of a group that does not exist yet and of transactional ids
 * it only tells whether they are out of bounds altogether: what more they allow is seen when a worker starts.
 */
final class RightsLook {
    private static final Set<AclOperation> INTERNAL =
            Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE);

    private final Admin admin;
    private final Answers answers;

    RightsLook(Admin admin, Answers answers) {
        this.admin = admin;
        this.answers = answers;
    }

    /** A finding for each right that is missing, else one that says that none is. */
    List<Finding> look(WorkerRole role) {
        List<Finding> missing = new ArrayList<>(topics(role));
        boolean groupsSeen = true;
        for (WorkerRole.Subscription subscription : role.subscriptions()) {
            groupsSeen &= group(subscription.group(), missing);
            transactions(subscription.group(), missing);
        }
        if (!missing.isEmpty()) {
            return missing;
        }
        return List.of(Finding.ok(
                ClusterCheck.SECTION,
                "rights of " + role.command(),
                "nothing missing, as far as Kafka tells"
                        + (groupsSeen ? "" : "; of groups that had no worker yet it tells little")));
    }

    private List<Finding> topics(WorkerRole role) {
        Map<String, Set<AclOperation>> needed = new TreeMap<>();
        role.reads().forEach(topic -> needed.computeIfAbsent(topic, name -> new TreeSet<>())
                .add(AclOperation.READ));
        role.writes().forEach(topic -> needed.computeIfAbsent(topic, name -> new TreeSet<>())
                .add(AclOperation.WRITE));
        role.internalTopics().forEach(topic -> needed.put(topic, new TreeSet<>(INTERNAL)));
        Answers.Each<String, TopicDescription> described = answers.each(
                admin.describeTopics(needed.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .topicNameValues());
        List<Finding> missing = new ArrayList<>();
        needed.forEach((topic, operations) -> {
            TopicDescription there = described.given().get(topic);
            RefusedException why = described.refused().get(topic);
            if (there != null) {
                missing.addAll(missing("topic", topic, operations, there.authorizedOperations()));
            } else if (role.internalTopics().contains(topic)) {
                internal(topic, why, missing);
            } else if (why.isFor(AuthorizationException.class)) {
                missing.addAll(missing("topic", topic, operations, Set.of()));
            } else if (!why.isFor(UnknownTopicOrPartitionException.class)) { // that has been said
                missing.add(unseen("topic", topic, why));
            }
        });
        return missing;
    }

    /** An internal topic that is not there must be one that a worker may create. */
    private void internal(String topic, RefusedException why, List<Finding> missing) {
        RefusedException refused = why;
        if (why.isFor(UnknownTopicOrPartitionException.class)) {
            try {
                answers.get(admin.createTopics(
                                List.of(new NewTopic(topic, Optional.empty(), Optional.empty())),
                                new CreateTopicsOptions().validateOnly(true))
                        .all());
                return;
            } catch (RefusedException e) {
                refused = e;
            }
        }
        missing.add(
                refused.isFor(AuthorizationException.class)
                        ? Finding.fail(
                                ClusterCheck.SECTION,
                                "right create on topic " + topic,
                                "missing: " + refused.getMessage(),
                                "have create, read, write and delete granted on topics that begin with the training"
                                        + " group's name")
                        : unseen("topic", topic, refused));
    }

    /** Whether the rights on the group could be seen. */
    private boolean group(String group, List<Finding> missing) {
        try {
            ConsumerGroupDescription there = answers.get(admin.describeConsumerGroups(
                            List.of(group), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                    .describedGroups()
                    .get(group));
            missing.addAll(missing("group", group, Set.of(AclOperation.READ), there.authorizedOperations()));
            return there.authorizedOperations() != null;
        } catch (RefusedException e) {
            if (!e.isFor(GroupIdNotFoundException.class)) {
                missing.add(refused("read", "group", group, e));
            }
            return false;
        }
    }

    /** Asks for a transaction that is nobody's: who may write under the id may ask, and is told that there is none. */
    private void transactions(String group, List<Finding> missing) {
        String id = group + "-check";
        try {
            answers.get(admin.describeTransactions(List.of(id)).description(id));
        } catch (RefusedException e) {
            if (!e.isFor(TransactionalIdNotFoundException.class)) {
                missing.add(refused("write", "transactional-id", group + "-*", e));
            }
        }
    }

    private static List<Finding> missing(
            String kind, String name, Collection<AclOperation> needed, Set<AclOperation> granted) {
        if (granted == null) { // brokers that do not tell; those without an authorizer grant all
            return List.of();
        }
        return needed.stream()
                .filter(operation -> !granted.contains(operation))
                .map(AclOperation::name)
                .map(operation -> operation.toLowerCase(Locale.ROOT))
                .map(operation -> Finding.fail(
                        ClusterCheck.SECTION,
                        "right " + operation + " on " + kind + " " + name,
                        "missing",
                        Refusal.grant(operation, kind, name)))
                .toList();
    }

    private static Finding refused(String operation, String kind, String name, RefusedException why) {
        return why.isFor(AuthorizationException.class)
                ? Finding.fail(
                        ClusterCheck.SECTION,
                        "right " + operation + " on " + kind + " " + name,
                        "missing: " + why.getMessage(),
                        Refusal.grant(operation, kind, name))
                : unseen(kind, name, why);
    }

    private static Finding unseen(String kind, String name, RefusedException why) {
        return Finding.warn(
                ClusterCheck.SECTION,
                "rights on " + kind + " " + name,
                "not visible: " + why.getMessage(),
                why.advice());
    }
}
