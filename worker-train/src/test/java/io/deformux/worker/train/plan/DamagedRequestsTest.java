package io.deformux.worker.train.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.failure.FailureCode;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.deadletter.DeadLetter;
import io.deformux.messaging.deadletter.DeadLetterDesk;
import io.deformux.messaging.deadletter.DeadLetterFilter;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainingFoldRequested;
import io.deformux.worker.train.testing.Observed;
import io.deformux.worker.train.testing.Trainings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that rotted on the broker's disk are told and passed over; those around them are planned. */
@Timeout(180)
class DamagedRequestsTest {
    private static final URI SOURCE = URI.create("urn:deformux:test");
    private static final DeadLetterFilter ALL =
            new DeadLetterFilter(Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty(), Optional.empty(), false);

    @TempDir
    private Path directory;

    @Test
    void aDamagedRequestIsOneDeadLetterAndThoseAroundItArePlanned() throws Exception {
        KafkaConnection connection;
        int port;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            connection = KafkaConnection.of(broker.bootstrapServers());
            port = broker.port();
            TopicSetup.create(connection);
            for (String id : List.of("before", "rotten", "behind")) {
                send(connection, id);
            }
        }
        damage("rotten");
        List<String> counted = new CopyOnWriteArrayList<>();
        JobObserver observer = new JobObserver() {
            @Override
            public void refused(String topic, FailureCode code) {
                counted.add(topic + " " + code);
            }
        };
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port);
                PlanApp app = PlanApp.start(connection, "plan", SOURCE, Duration.ofSeconds(6), observer);
                Observed observed = new Observed(connection)) {
            assertThat(broker.port()).isEqualTo(port);
            observed.await(
                    TrainingFoldRequested.class, event -> event.trainingId().equals("before"));
            observed.await(
                    TrainingFoldRequested.class, event -> event.trainingId().equals("behind"));
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(DeadLetterDesk.list(connection, ALL))
                    .singleElement()
                    .extracting(DeadLetter::code, DeadLetter::topic, DeadLetter::offset)
                    .containsExactly("RECORDS_DAMAGED", Topics.TRAINING_REQUESTED, 1L));
            assertThat(observed.all(TrainingFoldRequested.class, event -> event.trainingId()
                            .equals("rotten")))
                    .isEmpty();
        }
        assertThat(counted).containsExactly(Topics.TRAINING_REQUESTED + " RECORDS_DAMAGED");
    }

    private static void send(KafkaConnection connection, String id) throws Exception {
        ProducerRecord<byte[], byte[]> made = new EventRecords(SOURCE, 1 << 20).write(Trainings.request(id, 1));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                connection.client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(made.topic(), 0, made.key(), made.value(), made.headers()))
                    .get();
        }
    }

    private void damage(String id) throws Exception {
        Path log = directory.resolve(Topics.TRAINING_REQUESTED + "-0/00000000000000000000.log");
        byte[] bytes = Files.readAllBytes(log);
        int place = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(id);
        assertThat(place).as("the request in the log").isPositive();
        bytes[place] ^= 1;
        Files.write(log, bytes);
    }
}
