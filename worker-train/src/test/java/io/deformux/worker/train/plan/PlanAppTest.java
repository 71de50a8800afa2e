package io.deformux.worker.train.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.failure.FailureCode;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.LastResort;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.Event;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainingFailed;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.schemas.TrainingReady;
import io.deformux.worker.train.testing.Observed;
import io.deformux.worker.train.testing.OwnKafka;
import io.deformux.worker.train.testing.Trainings;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The plan on a broker: what a restart and several workers must not change. */
@Timeout(120)
class PlanAppTest {
    @RegisterExtension
    static final OwnKafka KAFKA = new OwnKafka();

    private static final URI SOURCE = URI.create("urn:deformux:test");

    private EventPublisher publisher;
    private Observed observed;

    @BeforeEach
    void open() {
        publisher = new EventPublisher(KAFKA.connection(), SOURCE);
        observed = new Observed(KAFKA.connection());
    }

    @AfterEach
    void close() {
        publisher.close();
        observed.close();
    }

    @Test
    void aTrainingOutlivesARestartAndBecomesReadyOnce() {
        try (PlanApp first = start()) {
            publisher.publish(Trainings.request("restarted", 3));
            awaitFolds("restarted", 3);
            publisher.publish(Trainings.completed("restarted", 0));
            // The answer to a later record of the same training: the result before it is in the state.
            publisher.publish(Trainings.request("restarted", 2));
            observed.await(TrainingFailed.class, event -> event.trainingId().equals("restarted"));
        }
        publisher.publish(Trainings.completed("restarted", 1));
        publisher.publish(Trainings.completed("restarted", 1));
        try (PlanApp second = start()) {
            publisher.publish(Trainings.request("restarted", 3));
            publisher.publish(Trainings.completed("restarted", 2));
            TrainingReady ready = observed.await(
                    TrainingReady.class, event -> event.trainingId().equals("restarted"));
            assertThat(ready.folds()).extracting(FoldResult::fold).containsExactly(0, 1, 2);
        }
        publisher.publish(Trainings.completed("restarted", 2));
        try (PlanApp third = start()) {
            fence("after-restarts");
        }
        assertThat(observed.all(TrainingReady.class, event -> event.trainingId().equals("restarted")))
                .hasSize(1);
        assertThat(observed.all(
                        TrainingFoldRequested.class, event -> event.trainingId().equals("restarted")))
                .hasSize(3);
    }

    @Test
    void itsInternalTopicsAreTheOnesItNames() throws Exception {
        try (PlanApp app = start();
                Admin admin = Admin.create(KAFKA.connection().client(Map.of()))) {
            fence("internal-topics");
            assertThat(admin.listTopics().names().get())
                    .filteredOn(name -> name.startsWith("plan-"))
                    .containsExactlyInAnyOrderElementsOf(PlanApp.internalTopics("plan"));
        }
    }

    @Test
    void trainingsArePlannedOnTopicsOfAnInstallationsOwn() {
        KafkaConnection own = KAFKA.connection().withTopics(new TopicNames("ward-7."));
        TopicSetup.create(own);
        try (PlanApp app = PlanApp.start(own, "ward-plan", SOURCE, Duration.ofSeconds(6), JobObserver.NONE);
                EventPublisher requests = new EventPublisher(own, SOURCE);
                Observed seen = new Observed(own)) {
            requests.publish(Trainings.request("named", 1));
            seen.await(TrainingFoldRequested.class, event -> event.trainingId().equals("named"));
            requests.publish(Trainings.completed("named", 0));
            seen.await(TrainingReady.class, event -> event.trainingId().equals("named"));
        }
        assertThat(observed.all(
                        TrainingFoldRequested.class, event -> event.trainingId().equals("named")))
                .isEmpty();
    }

    @Test
    void severalAppsInOneProcessShareTheTrainings() {
        try (PlanApp one = start();
                PlanApp two = start()) {
            for (int n = 0; n < 8; n++) {
                publisher.publish(Trainings.request("shared-" + n, 1));
                publisher.publish(Trainings.completed("shared-" + n, 0));
            }
            // The result of a training may be read before its request, from the other topic: then it is of no training.
            for (int n = 0; n < 8; n++) {
                awaitFolds("shared-" + n, 1);
                publisher.publish(Trainings.completed("shared-" + n, 0));
            }
            for (int n = 0; n < 8; n++) {
                String id = "shared-" + n;
                observed.await(TrainingReady.class, event -> event.trainingId().equals(id));
            }
            fence("after-shared");
        }
        assertThat(observed.all(TrainingReady.class, event -> event.trainingId().startsWith("shared-")))
                .hasSize(8);
    }

    @Test
    void aRequestWithoutATimeIsPlanned() throws Exception {
        try (PlanApp app = start()) {
            send(new Timeless(written(Trainings.request("timeless", 1))));
            awaitFolds("timeless", 1);
            fence("after-timeless");
        }
    }

    @Test
    void partitionsThatAreAddedToTheRequestsAreReadAndTheNextStartGoesOn() throws Exception {
        try (PlanApp app = start()) {
            fence("before-added");
            addPartition();
            awaitPlanned("added-while-it-runs");
        }
        addPartition();
        try (PlanApp app = start()) {
            awaitPlanned("added-before-it-started");
        }
    }

    @Test
    void aDeadLetterThatTheTopicDoesNotTakeIsCutAndPlanningGoesOn() throws Exception {
        limitDeadLetters("100000");
        try (PlanApp app = start()) {
            send(new ProducerRecord<>(Topics.TRAINING_REQUESTED, bytes("too-large"), new byte[600_000]));
            observed.await(TrainingFailed.class, event -> event.trainingId().equals("too-large"));
            fence("after-too-large");
        } finally {
            limitDeadLetters("1048588");
        }
    }

    @Test
    void planningWithoutItsTopicsStandsWhichItTells() {
        KafkaConnection nothingThere = KAFKA.connection().withTopics(new TopicNames("nowhere."));
        try (PlanApp app =
                        PlanApp.start(nothingThere, "nowhere-plan", SOURCE, Duration.ofSeconds(6), JobObserver.NONE);
                PlanApp other = start()) {
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(app.problem())
                    .contains("KAFKA_UNAVAILABLE"));
            fence("beside-one-that-stands");
            assertThat(other.problem()).isEmpty();
        }
    }

    @Test
    void anErrorOnItsThreadEndsTheProcess() throws Exception {
        CompletableFuture<Error> ended = new CompletableFuture<>();
        LastResort end = new LastResort() {
            @Override
            public void stuck() {}

            @Override
            public void deviceLost() {}

            @Override
            public void broken(Error error) {
                ended.complete(error);
            }
        };
        Error cause = new LinkageError("a class that is not there");
        JobObserver failing = new JobObserver() {
            @Override
            public void refused(String topic, FailureCode code) {
                throw cause;
            }
        };
        try (PlanApp app =
                PlanApp.start(KAFKA.connection(), "broken-plan", SOURCE, Duration.ofSeconds(6), failing, end)) {
            send(new ProducerRecord<>(Topics.TRAINING_REQUESTED, bytes("no-event"), bytes("{}")));
            assertThat(ended).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(cause);
            Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(app.problem())
                    .contains("PLANNING_ENDED"));
        }
    }

    @Test
    void aPlanThatIsStartedBeforeKafkaWaitsForIt(@TempDir Path directory) throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        KafkaConnection connection = new KafkaConnection(
                "127.0.0.1:" + port, Map.of("default.api.timeout.ms", "2000", "request.timeout.ms", "1000"));
        CompletableFuture<PlanApp> started = CompletableFuture.supplyAsync(
                () -> PlanApp.start(connection, "early", SOURCE, Duration.ofSeconds(6), JobObserver.NONE));
        assertThat(started).isNotDone();
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
            TopicSetup.create(KafkaConnection.of(broker.bootstrapServers()));
            assertThat(started).succeedsWithin(Duration.ofSeconds(60));
            started.join().close();
        }
    }

    /** A record as some clients and mirrors send it; the Java client refuses to make one. */
    private static final class Timeless extends ProducerRecord<byte[], byte[]> {
        Timeless(ProducerRecord<byte[], byte[]> made) {
            super(made.topic(), null, made.key(), made.value(), made.headers());
        }

        @Override
        public Long timestamp() {
            return RecordBatch.NO_TIMESTAMP;
        }
    }

    private static ProducerRecord<byte[], byte[]> written(Event event) {
        return new EventRecords(SOURCE, 1 << 20).write(event);
    }

    /** One partition more, and a request in it. */
    private void addPartition() throws Exception {
        try (Admin admin = Admin.create(KAFKA.connection().client(Map.of()))) {
            admin.createPartitions(Map.of(Topics.TRAINING_REQUESTED, NewPartitions.increaseTo(partitions(admin) + 1)))
                    .all()
                    .get();
        }
    }

    private void awaitPlanned(String id) throws Exception {
        try (Admin admin = Admin.create(KAFKA.connection().client(Map.of()))) {
            ProducerRecord<byte[], byte[]> made = written(Trainings.request(id, 1));
            send(new ProducerRecord<>(made.topic(), partitions(admin) - 1, made.key(), made.value(), made.headers()));
        }
        awaitFolds(id, 1);
    }

    private static int partitions(Admin admin) throws Exception {
        return admin.describeTopics(List.of(Topics.TRAINING_REQUESTED))
                .allTopicNames()
                .get()
                .get(Topics.TRAINING_REQUESTED)
                .partitions()
                .size();
    }

    private static void limitDeadLetters(String bytes) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.DEAD_LETTER);
        try (Admin admin = Admin.create(KAFKA.connection().client(Map.of()))) {
            admin.incrementalAlterConfigs(Map.of(
                            topic,
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    /** As other clients may, without a look at what is sent. */
    private static void send(ProducerRecord<byte[], byte[]> made) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                KAFKA.connection().client(Map.of("metadata.max.age.ms", 1_000)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(made).get();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A training from request to readiness, after which everything before it has been looked at. */
    private void fence(String id) {
        publisher.publish(Trainings.request(id, 1));
        awaitFolds(id, 1);
        publisher.publish(Trainings.completed(id, 0));
        observed.await(TrainingReady.class, event -> event.trainingId().equals(id));
    }

    private void awaitFolds(String id, int folds) {
        for (int fold = 0; fold < folds; fold++) {
            String key = id + "-fold-" + fold;
            observed.await(TrainingFoldRequested.class, event -> event.key().equals(key));
        }
    }

    private static PlanApp start() {
        // What is added is seen soon.
        KafkaConnection connection =
                new KafkaConnection(KAFKA.connection().bootstrapServers(), Map.of("metadata.max.age.ms", "1000"));
        return PlanApp.start(connection, "plan", SOURCE, Duration.ofSeconds(6), JobObserver.NONE);
    }
}
