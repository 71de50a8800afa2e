package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.cluster.TopicSetup.Topic;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.Topics;
import io.deformux.testing.server.GuardedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A right or a topic that lacks is said once, by name, and waited for; no job is lost or done twice by that. */
@Timeout(120)
class RefusedWorkerTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Logger messaging = (Logger) LoggerFactory.getLogger("io.deformux.messaging");
    private final Logger clients = (Logger) LoggerFactory.getLogger("org.apache.kafka.clients");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final AtomicInteger runs = new AtomicInteger();
    private final Queue<Integer> attempts = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void listen() {
        clients.setLevel(Level.OFF); // they say it with every try
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        messaging.addAppender(log);
    }

    @AfterEach
    void hush() {
        messaging.detachAppender(log);
        clients.setLevel(null);
    }

    @Test
    void aMissingRightIsSaidOnceAndTheJobGoesOnWhenItIsGranted(@TempDir Path directory) throws Exception {
        try (GuardedBroker broker = new GuardedBroker(directory, List.of("worker"))) {
            KafkaConnection admin = new KafkaConnection(broker.bootstrapServers(), broker.asAdmin());
            KafkaConnection user = new KafkaConnection(broker.bootstrapServers(), broker.as("worker", "worker"));
            TopicSetup.create(admin);
            try (Jobs jobs = new Jobs(admin, 2);
                    Workers workers = new Workers()) {
                String id = jobs.send(0);
                start(workers, user, jobs);
                awaitSaid("transactional ids that begin with the name of the worker's group");

                broker.grant("worker", ResourceType.TRANSACTIONAL_ID, "jobs-", AclOperation.WRITE);
                awaitSaid("--operation read --topic " + jobs.topic());

                broker.grant("worker", ResourceType.TOPIC, "jobs-", AclOperation.READ);
                broker.grant("worker", ResourceType.TOPIC, Topics.RETRY, AclOperation.READ);
                awaitSaid("--operation read --group " + jobs.topic());

                broker.grant("worker", ResourceType.GROUP, "jobs-", AclOperation.READ);
                awaitSaid("--operation write --topic " + Topics.SEGMENTATION_RESULT);
                assertThat(jobs.results(id)).isEmpty();

                broker.grant("worker", ResourceType.TOPIC, "deformux.", AclOperation.WRITE);
                await().atMost(LONG).until(() -> !jobs.results(id).isEmpty());
                assertThat(jobs.results(id)).hasSize(1);
                assertThat(runs).hasValue(1);
                assertThat(errors()).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void topicsThatAreMissingAreWaitedFor() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers());
            try (Jobs jobs = new Jobs(connection, 2);
                    Workers workers = new Workers()) {
                String id = jobs.send(0);
                start(workers, connection, jobs);
                awaitSaid("topic " + Topics.SEGMENTATION_RESULT + ": the topic does not exist");
                workers.start(connection, Jobs.config("jobs-to-come"), (job, context) -> List.of(Jobs.completed(job)));
                awaitSaid("the topic does not exist: jobs-to-come");

                TopicSetup.create(connection);
                TopicSetup.create(connection, List.of(new Topic("jobs-to-come", 2, Duration.ofHours(1))));

                await().atMost(LONG).until(() -> !jobs.results(id).isEmpty());
                assertThat(jobs.results(id)).hasSize(1);
                assertThat(runs).hasValue(1);
                assertThat(errors())
                        .filteredOn(line -> !line.startsWith("Requests to cancel")) // of each of the two workers
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void aJobWhoseMembershipWasRefusedBeginsAgainAndNoStartIsCounted(@TempDir Path directory) throws Exception {
        try (GuardedBroker broker = allowed(directory);
                Jobs jobs = new Jobs(admin(broker), 2);
                Workers workers = new Workers()) {
            String id = jobs.send(0);
            CountDownLatch never = new CountDownLatch(1);
            workers.start(user(broker), delicate(jobs), (job, context) -> {
                attempts.add(context.attempt());
                if (runs.incrementAndGet() == 1) {
                    never.await();
                }
                return List.of(Jobs.completed(job));
            });
            await().atMost(LONG).until(() -> runs.get() == 1);

            broker.revoke("worker", ResourceType.GROUP);
            awaitSaid("--operation read --group " + jobs.topic());
            broker.grant("worker", ResourceType.GROUP, "jobs-", AclOperation.READ);

            assertDoneOnceInItsFirstAttempt(jobs, id);
        }
    }

    @Test
    void anOutcomeThatWasRefusedUntilTheMemberWasGivenUpIsMadeAgain(@TempDir Path directory) throws Exception {
        try (GuardedBroker broker = allowed(directory);
                Jobs jobs = new Jobs(admin(broker), 2);
                Workers workers = new Workers()) {
            String id = jobs.send(0);
            workers.start(user(broker), delicate(jobs), (job, context) -> {
                attempts.add(context.attempt());
                if (runs.incrementAndGet() == 1) {
                    broker.revoke("worker", ResourceType.GROUP);
                }
                return List.of(Jobs.completed(job));
            });
            awaitSaid("--operation read --group " + jobs.topic());
            await().atMost(LONG).until(() -> jobs.admin()
                    .describeConsumerGroups(List.of(jobs.topic()))
                    .all()
                    .get()
                    .get(jobs.topic())
                    .members()
                    .isEmpty());
            broker.grant("worker", ResourceType.GROUP, "jobs-", AclOperation.READ);

            assertDoneOnceInItsFirstAttempt(jobs, id);
        }
    }

    @Test
    void aJobThatRunsGoesOnWhileARightOnATopicIsGone(@TempDir Path directory) throws Exception {
        try (GuardedBroker broker = allowed(directory);
                Jobs jobs = new Jobs(admin(broker), 2);
                Workers workers = new Workers()) {
            String id = jobs.send(0);
            CountDownLatch granted = new CountDownLatch(1);
            Map<String, String> looksOften = new HashMap<>(broker.as("worker", "worker"));
            looksOften.put("metadata.max.age.ms", "500");
            workers.start(
                    new KafkaConnection(broker.bootstrapServers(), looksOften), delicate(jobs), (job, context) -> {
                        attempts.add(context.attempt());
                        runs.incrementAndGet();
                        granted.await();
                        return List.of(Jobs.completed(job));
                    });
            await().atMost(LONG).until(() -> runs.get() == 1);

            broker.revoke("worker", ResourceType.TOPIC);
            awaitSaid("--operation read --topic " + jobs.topic());
            grantTopics(broker);
            granted.countDown();

            assertDoneOnceInItsFirstAttempt(jobs, id);
            assertThat(runs).hasValue(1);
        }
    }

    private void assertDoneOnceInItsFirstAttempt(Jobs jobs, String id) {
        await().atMost(LONG).until(() -> !jobs.results(id).isEmpty());
        assertThat(jobs.results(id)).singleElement().isInstanceOf(SegmentationCompleted.class);
        assertThat(attempts).containsOnly(1);
        assertThat(jobs.deadLetters()).isEmpty();
    }

    /** One start without an end would be the last. */
    private static JobLoopConfig delicate(Jobs jobs) {
        return jobs.config().withAttempts(new Attempts(3, Duration.ofMillis(20), Duration.ofMillis(50)).withCrashes(1));
    }

    private static GuardedBroker allowed(Path directory) throws Exception {
        GuardedBroker broker = new GuardedBroker(directory, List.of("worker"));
        TopicSetup.create(admin(broker));
        broker.grant("worker", ResourceType.TRANSACTIONAL_ID, "jobs-", AclOperation.WRITE);
        broker.grant("worker", ResourceType.GROUP, "jobs-", AclOperation.READ);
        grantTopics(broker);
        return broker;
    }

    private static void grantTopics(GuardedBroker broker) {
        broker.grant("worker", ResourceType.TOPIC, "jobs-", AclOperation.READ);
        broker.grant("worker", ResourceType.TOPIC, "deformux.", AclOperation.READ);
        broker.grant("worker", ResourceType.TOPIC, "deformux.", AclOperation.WRITE);
    }

    private static KafkaConnection admin(GuardedBroker broker) {
        return new KafkaConnection(broker.bootstrapServers(), broker.asAdmin());
    }

    private static KafkaConnection user(GuardedBroker broker) {
        return new KafkaConnection(broker.bootstrapServers(), broker.as("worker", "worker"));
    }

    private void start(Workers workers, KafkaConnection connection, Jobs jobs) {
        workers.start(connection, jobs.config(), (job, context) -> {
            runs.incrementAndGet();
            return List.of(Jobs.completed(job));
        });
    }

    private void awaitSaid(String text) {
        await().atMost(LONG).untilAsserted(() -> assertThat(errors())
                .anySatisfy(line -> assertThat(line).contains(text)));
    }

    private List<String> errors() {
        return log.list.stream()
                .filter(line -> line.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
