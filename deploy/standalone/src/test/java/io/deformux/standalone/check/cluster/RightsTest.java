package io.deformux.standalone.check.cluster;

import static io.deformux.standalone.check.Findings.named;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.schemas.Topics;
import io.deformux.standalone.check.Finding;
import io.deformux.standalone.check.Severity;
import io.deformux.testing.server.GuardedBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a cluster with users and ACLs. Each test has a user of its own, with groups that begin with its name. */
@Timeout(60)
class RightsTest {
    @TempDir
    static Path directory;

    private static GuardedBroker broker;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        broker = new GuardedBroker(directory, List.of("worker", "reader", "stranger", "planner", "watcher", "blind"));
        KafkaConnection connection = new KafkaConnection(broker.bootstrapServers(), broker.asAdmin());
        admin = Admin.create(connection.client(Map.of()));
        TopicSetup.create(
                connection,
                TopicSetup.topics().stream()
                        .filter(topic -> !topic.name().equals(Topics.PROGRESS))
                        .toList());
    }

    @AfterAll
    static void stop() {
        admin.close();
        broker.close();
    }

    @Test
    void aWorkerWithItsRightsMissesNothing() throws Exception {
        grantWork("worker");

        List<Finding> findings = look("worker", WorkerRole.inference("worker-group"));

        assertThat(findings)
                .extracting(Finding::verdict)
                .as(findings.toString())
                .doesNotContain(Severity.FAIL);
        assertThat(named("rights of infer-worker", findings).verdict()).isEqualTo(Severity.OK);
    }

    @Test
    void aTrainingWorkerMustBeAbleToCreateItsInternalTopics() throws Exception {
        grantWork("planner");
        List<Finding> before = look("planner", WorkerRole.training("planner"));
        grant("planner", ResourceType.TOPIC, "planner", AclOperation.ALL);
        List<Finding> after = look("planner", WorkerRole.training("planner"));

        assertThat(failures(before))
                .contains(
                        "right create on topic planner-plan-by-training-repartition",
                        "right create on topic planner-plan-trainings-changelog");
        assertThat(failures(after)).isEmpty();
    }

    @Test
    void eachMissingRightIsNamedWithTheGrant() throws Exception {
        grant("reader", ResourceType.TOPIC, "deformux.", AclOperation.DESCRIBE, AclOperation.CREATE);

        List<Finding> findings = look("reader", WorkerRole.inference("reader"));

        assertThat(failures(findings))
                .containsExactlyInAnyOrder(
                        "right read on topic deformux.scan.arrived",
                        "right read on topic deformux.scan.urgent",
                        "right read on topic deformux.job.cancel",
                        "right write on topic deformux.segmentation.result",
                        "right read on topic deformux.retry",
                        "right write on topic deformux.retry",
                        "right read on topic deformux.retry.urgent",
                        "right write on topic deformux.retry.urgent",
                        "right write on topic deformux.dead-letter",
                        "right read on group reader",
                        "right write on transactional-id reader-*");
        assertThat(named("right write on topic deformux.dead-letter", findings).advice())
                .hasValueSatisfying(
                        advice -> assertThat(advice).contains("--operation write --topic deformux.dead-letter"));
        assertThat(named("right write on transactional-id reader-*", findings).advice())
                .hasValueSatisfying(advice ->
                        assertThat(advice).contains("--transactional-id reader- --resource-pattern-type prefixed"));
        assertThat(named("topic deformux.scan.arrived", findings).value()).contains("settings not visible");
    }

    @Test
    void aGroupThatMayOnlyBeLookedAtCannotBeJoined() throws Exception {
        grantWork("watcher");
        grant("watcher", ResourceType.GROUP, "seen", AclOperation.DESCRIBE);
        grant("watcher", ResourceType.TRANSACTIONAL_ID, "seen", AclOperation.WRITE);
        admin.alterConsumerGroupOffsets(
                        "seen", Map.of(new TopicPartition(Topics.SCAN_ARRIVED, 0), new OffsetAndMetadata(0)))
                .all()
                .get();

        assertThat(failures(look("watcher", WorkerRole.inference("seen")))).containsExactly("right read on group seen");
    }

    @Test
    void aUserWithoutAnyRightIsToldAllOfThem() {
        List<Finding> findings = look("stranger", WorkerRole.inference("stranger"));

        assertThat(named("reachable", findings).verdict()).isEqualTo(Severity.OK);
        assertThat(named("topic deformux.scan.arrived", findings).value()).startsWith("not visible, not allowed");
        assertThat(failures(findings))
                .contains("right read on topic deformux.scan.arrived", "right write on topic deformux.progress");
    }

    @Test
    void aMissingTopicThatMayNotBeCreatedIsAFailure() throws Exception {
        grantWorkWithoutCreation("blind");

        Finding progress = named("topic deformux.progress", look("blind", WorkerRole.inference("blind")));

        assertThat(progress.verdict()).isEqualTo(Severity.FAIL);
        assertThat(progress.advice()).hasValueSatisfying(advice -> assertThat(advice)
                .contains("kafka-topics --create --topic deformux.progress --partitions 1")
                .contains("--config retention.ms=3600000"));
    }

    @Test
    void aWrongPasswordIsToldInOneLine() {
        List<Finding> findings = look(as("worker", "guessed"), WorkerRole.inference("worker"));

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).verdict()).isEqualTo(Severity.FAIL);
        assertThat(findings.get(0).value()).contains("authentication failed").doesNotContain("guessed");
        assertThat(findings.get(0).advice())
                .hasValueSatisfying(advice -> assertThat(advice).contains("sasl.jaas.config"));
    }

    @Test
    void aClientWithoutAUserGetsNoAnswerAndIsToldToLookAtTheProtocol() {
        List<Finding> findings = look(KafkaConnection.of(broker.bootstrapServers()), WorkerRole.inference("worker"));

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).advice())
                .hasValueSatisfying(advice -> assertThat(advice).contains("security.protocol"));
    }

    private static KafkaConnection as(String user, String password) {
        return new KafkaConnection(broker.bootstrapServers(), broker.as(user, password));
    }

    private static List<Finding> look(String user, WorkerRole role) {
        return look(as(user, user), role);
    }

    private static List<Finding> look(KafkaConnection connection, WorkerRole role) {
        return new ClusterCheck(connection, List.of(role)).look();
    }

    private static List<String> failures(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.verdict() == Severity.FAIL)
                .map(Finding::name)
                .toList();
    }

    private static void grantWork(String user) throws Exception {
        grantWorkWithoutCreation(user);
        grant(user, ResourceType.TOPIC, "deformux.", AclOperation.CREATE);
    }

    private static void grantWorkWithoutCreation(String user) throws Exception {
        grant(
                user,
                ResourceType.TOPIC,
                "deformux.",
                AclOperation.READ,
                AclOperation.WRITE,
                AclOperation.DESCRIBE_CONFIGS);
        grant(user, ResourceType.GROUP, user, AclOperation.READ);
        grant(user, ResourceType.TRANSACTIONAL_ID, user, AclOperation.WRITE);
    }

    /** On everything that begins so. */
    private static void grant(String user, ResourceType kind, String prefix, AclOperation... operations)
            throws Exception {
        broker.grant(user, kind, prefix, operations);
    }
}
