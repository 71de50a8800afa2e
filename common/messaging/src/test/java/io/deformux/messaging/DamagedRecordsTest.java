package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.failure.FailureCode;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.messaging.job.JobObserver;
import io.deformux.schemas.DeadLetterHeaders;
import io.deformux.schemas.SegmentationCompleted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that rotted on the broker's disk are told and passed over, and no job beside them is. */
@Timeout(120)
class DamagedRecordsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<String> counted = new CopyOnWriteArrayList<>();

    @Test
    void damagedRecordsAreOneDeadLetterAndThoseAroundThemAreDone() throws Exception {
        EmbeddedBroker first = EmbeddedBroker.start(directory);
        int port = first.port();
        KafkaConnection connection = KafkaConnection.of(first.bootstrapServers());
        try (first) {
            TopicSetup.create(connection);
        }
        try (Jobs jobs = started(connection, port)) {
            List<String> sent = sent(jobs, port);
            String before = sent.get(0);
            String damaged = sent.get(1);
            String alsoDamaged = sent.get(2);
            String after = sent.get(3);
            damage(jobs.topic(), damaged);
            damage(jobs.topic(), alsoDamaged);
            try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port);
                    Workers workers = new Workers()) {
                assertThat(broker.port()).isEqualTo(port);
                workers.start(
                        connection,
                        jobs.config(),
                        Workers.handler((job, context) -> List.of(Jobs.completed(job))),
                        counting());

                await().atMost(LONG).until(() -> !jobs.results(after).isEmpty());
                assertThat(jobs.results(before)).singleElement().isInstanceOf(SegmentationCompleted.class);
                assertThat(jobs.results(after)).singleElement().isInstanceOf(SegmentationCompleted.class);
                assertThat(jobs.results(damaged)).isEmpty();
                try (EventReader reader = new EventReader(connection, List.of(jobs.topic()), From.EARLIEST)) {
                    assertThat(reader.await(read -> read.event().key().equals(before), LONG))
                            .isPresent();
                    assertThat(reader.await(read -> read.event().key().equals(after), LONG))
                            .isPresent();
                }
                assertThat(jobs.deadLetters()).singleElement().satisfies(letter -> {
                    assertThat(Jobs.header(letter, DeadLetterHeaders.CODE)).isEqualTo("RECORDS_DAMAGED");
                    assertThat(Jobs.header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("1");
                    assertThat(Jobs.header(letter, DeadLetterHeaders.CUT)).isEqualTo("value,headers,key");
                    assertThat(Jobs.header(letter, DeadLetterHeaders.MESSAGE))
                            .contains("offsets 1 to 2 of " + jobs.topic() + "-0");
                });
                assertThat(counted).containsExactly(jobs.topic() + " RECORDS_DAMAGED");
            }
        }
    }

    private JobObserver counting() {
        return new JobObserver() {
            @Override
            public void refused(String topic, FailureCode code) {
                counted.add(topic + " " + code);
            }
        };
    }

    private Jobs started(KafkaConnection connection, int port) {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
            assertThat(broker.port()).isEqualTo(port);
            return new Jobs(connection, 1);
        }
    }

    private List<String> sent(Jobs jobs, int port) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
            assertThat(broker.port()).isEqualTo(port);
            return List.of(jobs.send(0), jobs.send(0), jobs.send(0), jobs.send(0));
        }
    }

    private void damage(String topic, String jobId) throws Exception {
        Path log = directory.resolve(topic + "-0/00000000000000000000.log");
        byte[] bytes = Files.readAllBytes(log);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int place = text.lastIndexOf(jobId);
        assertThat(place).as("the job's value in the log").isPositive();
        bytes[place] ^= 1;
        Files.write(log, bytes);
    }
}
