package io.deformux.messaging.deadletter;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.JobWorker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.cluster.TopicSetup.Topic;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.event.WholeTopic;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.LastResort;
import io.deformux.messaging.record.DeadLetters;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.ArchitectureSpec;
import io.deformux.schemas.DeadLetterReplay;
import io.deformux.schemas.Event;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.ModelTarget;
import io.deformux.schemas.PreprocessingSpec;
import io.deformux.schemas.Split;
import io.deformux.schemas.StoredModel;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainingFailed;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.schemas.TrainingReady;
import io.deformux.schemas.TrainingSettings;
import io.deformux.schemas.TrainingSpec;
import io.deformux.testing.server.KafkaFixture;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(90)
class DeadLetterDeskTest {
    private static final URI SOURCE = URI.create("urn:deformux:test");

    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private final String topic = "jobs-" + UUID.randomUUID();
    private final String job = "job-" + UUID.randomUUID();
    private KafkaProducer<byte[], byte[]> producer;

    @BeforeEach
    void makeTopic() {
        TopicSetup.create(KAFKA.connection(), List.of(new Topic(topic, 2, Duration.ofHours(1))));
        producer = new KafkaProducer<>(
                KAFKA.connection().client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        producer.close();
    }

    @Test
    void aFeedTellsALetterAndThenWhatBecameOfIt() throws Exception {
        bury(topic, job, "{}", FailureCode.INPUT_NOT_FOUND);
        List<DeadLetterFeed.Entry> told = new ArrayList<>();
        try (DeadLetterFeed feed = new DeadLetterFeed(KAFKA.connection());
                DeadLetterDesk desk = DeadLetterDesk.open(KAFKA.connection())) {
            DeadLetter letter = open(job);
            desk.discard(letter);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                feed.read(Duration.ofMillis(100)).stream()
                        .filter(entry -> entry.id().equals(letter.id()))
                        .forEach(told::add);
                return told.size() == 2;
            });
        }

        assertThat(told.get(0).letter())
                .hasValueSatisfying(letter -> assertThat(letter.code()).isEqualTo("INPUT_NOT_FOUND"));
        assertThat(told.get(1).mark())
                .hasValueSatisfying(mark -> assertThat(mark.state()).isEqualTo("discarded"));
    }

    @Test
    void aFeedReadsThePartitionsThatAreAddedToo() throws Exception {
        KafkaConnection own = KAFKA.connection().withTopics(new TopicNames("added-" + UUID.randomUUID() + "."));
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> new DeadLetterFeed(own))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.KAFKA_UNAVAILABLE));
        String letters = own.topics().of(Topics.DEAD_LETTER);
        TopicSetup.create(KAFKA.connection(), List.of(new Topic(letters, 1, Duration.ofHours(1))));
        try (DeadLetterFeed feed = new DeadLetterFeed(own);
                Admin admin = Admin.create(own.client(Map.of()))) {
            assertThat(feed.read(Duration.ofMillis(100))).isEmpty();
            admin.createPartitions(Map.of(letters, NewPartitions.increaseTo(2)))
                    .all()
                    .get();
            ProducerRecord<byte[], byte[]> letter = letter(topic, job, "{}", FailureCode.INPUT_NOT_FOUND);
            try (KafkaProducer<byte[], byte[]> knowing =
                    new KafkaProducer<>(own.client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
                knowing.send(new ProducerRecord<>(letters, 1, letter.key(), letter.value(), letter.headers()))
                        .get();
            }

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !feed.read(Duration.ofMillis(100)).isEmpty());
        }
    }

    @Test
    void aReplaySendsTheRecordAsItCameAndMarksTheLetter() throws Exception {
        bury(topic, job, "{}", FailureCode.INPUT_NOT_FOUND);
        try (DeadLetterDesk desk = DeadLetterDesk.open(KAFKA.connection())) {
            DeadLetter letter = open(job);
            assertThat(letter.code()).isEqualTo("INPUT_NOT_FOUND");
            assertThat(letter.topic()).isEqualTo(topic);
            assertThat(letter.offset()).isEqualTo(7);
            desk.replay(letter);
        }
        List<ConsumerRecord<byte[], byte[]>> sent = records(topic);
        assertThat(sent).singleElement().satisfies(record -> {
            assertThatArray(record.key()).isEqualTo(job.getBytes(UTF_8));
            assertThatArray(record.value()).isEqualTo("{}".getBytes(UTF_8));
            assertThat(record.headers()).extracting(Header::key).containsExactly("ce_id");
        });
        assertThat(list(filter(Set.of(job), Set.of(), false))).isEmpty();
        assertThat(list(filter(Set.of(job), Set.of(), true))).singleElement().satisfies(letter -> assertThat(
                        letter.mark().orElseThrow().state())
                .isEqualTo("replayed"));
    }

    @Test
    void aLetterIsDealtWithOnce() throws Exception {
        bury(topic, job, "{}", FailureCode.INPUT_NOT_FOUND);
        try (DeadLetterDesk desk = DeadLetterDesk.open(KAFKA.connection())) {
            desk.discard(open(job));
            DeadLetter discarded = list(filter(Set.of(job), Set.of(), true)).get(0);
            assertThatExceptionOfType(JobException.class)
                    .isThrownBy(() -> desk.replay(discarded))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.DEAD_LETTER_REFUSED))
                    .withMessageContaining("discarded");
        }
        assertThat(records(topic)).isEmpty();
    }

    @Test
    void anEarlierDeskCanNoLongerChangeAnything() throws Exception {
        bury(topic, job, "{}", FailureCode.INPUT_NOT_FOUND);
        try (DeadLetterDesk earlier = DeadLetterDesk.open(KAFKA.connection());
                DeadLetterDesk later = DeadLetterDesk.open(KAFKA.connection())) {
            DeadLetter letter = open(job);
            later.replay(letter);
            assertThatExceptionOfType(JobException.class)
                    .isThrownBy(() -> earlier.replay(letter))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.KAFKA_UNAVAILABLE));
        }
        assertThat(records(topic)).hasSize(1);
    }

    @Test
    void whatWasNotKeptCannotBeReplayed() throws Exception {
        bury(topic, job, "x".repeat(2_000_000), FailureCode.EVENT_INVALID);
        try (DeadLetterDesk desk = DeadLetterDesk.open(KAFKA.connection())) {
            DeadLetter letter = open(job);
            assertThatExceptionOfType(JobException.class)
                    .isThrownBy(() -> desk.replay(letter))
                    .withMessageContaining("send its event again");
        }
    }

    @Test
    void lettersAreFoundByCodeTopicJobAndTime() throws Exception {
        Instant before = Instant.now();
        bury(topic, job, "{}", FailureCode.INPUT_NOT_FOUND);
        bury(topic, job, "{}", FailureCode.STORAGE_UNAVAILABLE);

        assertThat(list(filter(Set.of(job), Set.of(), false))).hasSize(2);
        assertThat(list(filter(Set.of(job), Set.of("STORAGE_UNAVAILABLE"), false)))
                .hasSize(1);
        assertThat(list(times(Optional.of(before), Optional.empty()))).hasSize(2);
        assertThat(list(times(Optional.empty(), Optional.of(before)))).isEmpty();
        assertThat(list(times(Optional.of(Instant.now().plusSeconds(1)), Optional.empty())))
                .isEmpty();
    }

    @Test
    void aFoldOfATrainingThatHasEndedIsNotReplayedAndTheReasonSaid() throws Exception {
        String training = "training-" + UUID.randomUUID();
        TrainingFoldRequested fold = fold(training);
        bury(fold);
        try (DeadLetterDesk desk = DeadLetterDesk.open(KAFKA.connection())) {
            send(new TrainingFailed(
                    training, "0".repeat(64), "FOLD_FAILED", "Fold 0 has failed.", false, List.of(), List.of(), 1));
            DeadLetter letter = open(fold.key());
            assertThatExceptionOfType(JobException.class)
                    .isThrownBy(() -> desk.replay(letter))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.DEAD_LETTER_REFUSED))
                    .withMessageContaining(training)
                    .withMessageContaining("FOLD_FAILED");
        }
    }

    @Test
    void thePublicationOfATrainingThatHasEndedIsNotReplayedAndTheReasonSaid() throws Exception {
        String training = "training-" + UUID.randomUUID();
        FoldResult fold = new FoldResult(
                0,
                List.of(),
                0.5,
                1,
                1,
                new StoredModel(URI.create("file:///out/fold-0/model"), "0".repeat(64)),
                "0".repeat(64),
                Map.of("training", 1L),
                1);
        TrainingReady ready = new TrainingReady(
                training, "0".repeat(64), new ModelTarget("organs", "20260101.000000.000"), List.of(fold), 1);
        bury(ready);
        try (DeadLetterDesk desk = DeadLetterDesk.open(KAFKA.connection())) {
            send(new TrainingFailed(
                    training, "0".repeat(64), "STORAGE_FULL", "Make room.", true, List.of(), List.of(), 1));
            DeadLetter letter = open(ready.key());
            assertThatExceptionOfType(JobException.class)
                    .isThrownBy(() -> desk.replay(letter))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.DEAD_LETTER_REFUSED))
                    .withMessageContaining(training)
                    .withMessageContaining("STORAGE_FULL");
        }
    }

    @Test
    void aFoldOfATrainingThatGoesOnIsReplayed() throws Exception {
        TrainingFoldRequested fold = fold("training-" + UUID.randomUUID());
        bury(fold);
        try (DeadLetterDesk desk = DeadLetterDesk.open(KAFKA.connection())) {
            desk.replay(open(fold.key()));
        }
        assertThat(records(Topics.TRAINING_FOLD_REQUESTED))
                .anySatisfy(
                        record -> assertThat(new String(record.key(), UTF_8)).isEqualTo(fold.key()));
    }

    @Test
    void anEventReplaysALetterAndARefusedOneIsADeadLetterItself() throws Exception {
        bury(topic, job, "{}", FailureCode.INPUT_NOT_FOUND);
        String id = open(job).id();
        try (JobWorker worker = ReplayWorker.start(KAFKA.connection(), JobObserver.NONE, LastResort.NONE);
                EventPublisher publisher = new EventPublisher(KAFKA.connection(), SOURCE)) {
            publisher.publish(new DeadLetterReplay(id));
            publisher.publish(new DeadLetterReplay("0-999999"));
            await().atMost(Duration.ofSeconds(40)).until(() -> !records(topic).isEmpty());
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> !list(filter(Set.of("0-999999"), Set.of("DEAD_LETTER_REFUSED"), false))
                            .isEmpty());
            publisher.publish(new DeadLetterReplay(id));
            publisher.publish(new DeadLetterReplay("0-999998"));
            await().atMost(Duration.ofSeconds(40)).until(() -> !list(filter(Set.of("0-999998"), Set.of(), false))
                    .isEmpty());
            assertThat(worker.stop(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(list(filter(Set.of(id), Set.of(), true)))
                .describedAs("asked for again, it was there already")
                .isEmpty();
        assertThat(records(topic)).hasSize(1);
    }

    private static TrainingFoldRequested fold(String training) {
        TrainingSpec spec = new TrainingSpec(
                URI.create("file:///data"),
                PreprocessingSpec.preset("amos"),
                Split.drawn(2),
                new ArchitectureSpec("deform-uxnet", Map.of()),
                TrainingSettings.REFERENCE,
                1,
                Optional.empty());
        return new TrainingFoldRequested(training, 0, spec, "model", URI.create("file:///out"));
    }

    private static DeadLetterFilter filter(Set<String> jobs, Set<String> codes, boolean settled) {
        return new DeadLetterFilter(Set.of(), codes, Set.of(), jobs, Optional.empty(), Optional.empty(), settled);
    }

    private DeadLetterFilter times(Optional<Instant> since, Optional<Instant> until) {
        return new DeadLetterFilter(Set.of(), Set.of(), Set.of(topic), Set.of(), since, until, false);
    }

    private static List<DeadLetter> list(DeadLetterFilter filter) {
        return DeadLetterDesk.list(KAFKA.connection(), filter);
    }

    private static DeadLetter open(String key) {
        return list(filter(Set.of(key), Set.of(), false)).get(0);
    }

    private void bury(String from, String key, String value, FailureCode code) throws Exception {
        producer.send(letter(from, key, value, code)).get();
    }

    private static ProducerRecord<byte[], byte[]> letter(String from, String key, String value, FailureCode code) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(from, 1, 7, key.getBytes(UTF_8), value.getBytes(UTF_8));
        record.headers().add("ce_id", "1".getBytes(UTF_8));
        return DeadLetters.copy(record, new JobException(code, "Look there."));
    }

    private void bury(Event event) throws Exception {
        ProducerRecord<byte[], byte[]> written = new EventRecords(SOURCE, 1 << 20).write(event);
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(written.topic(), 0, 3, written.key(), written.value());
        written.headers().forEach(record.headers()::add);
        producer.send(DeadLetters.copy(record, new JobException(FailureCode.STORAGE_UNAVAILABLE, "Look there.")))
                .get();
    }

    private void send(Event event) throws Exception {
        producer.send(new EventRecords(SOURCE, 1 << 20).write(event)).get();
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(String name) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        WholeTopic.read(KAFKA.connection(), name, all::add);
        return all;
    }
}
