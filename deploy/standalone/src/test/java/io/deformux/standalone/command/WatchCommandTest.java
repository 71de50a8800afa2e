package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.schemas.Topics;
import io.deformux.standalone.Deformux;
import io.deformux.testing.JavaCommand;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever watches sees every result. */
@Timeout(120)
class WatchCommandTest {
    private static final int ADDED = TopicSetup.JOB_PARTITIONS + 3;

    private final StringWriter out = new StringWriter();

    @Test
    void resultsInPartitionsThatAreAddedArePrintedAndRecordsThatAreNoEventsAreLeftOut() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers());
            TopicSetup.create(connection);
            try (Admin admin = Admin.create(connection.client(Map.of()));
                    KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                            connection.client(Map.of("metadata.max.age.ms", 500)),
                            new ByteArraySerializer(),
                            new ByteArraySerializer())) {
                CompletableFuture<Integer> watching =
                        CompletableFuture.supplyAsync(() -> watch(broker.bootstrapServers()));
                producer.send(withoutAnId(result("bad", 0))).get();
                producer.send(result("first", 0)).get();
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> out.toString().contains("\"first\""));

                admin.createPartitions(Map.of(Topics.SEGMENTATION_RESULT, NewPartitions.increaseTo(ADDED + 1)))
                        .all()
                        .get();
                producer.send(result("added", ADDED)).get();

                assertThat(watching).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(ExitCode.OK);
                assertThat(out.toString().lines()).hasSize(2);
                assertThat(out.toString()).contains("\"added\"");
            }
        }
    }

    /** In a process of its own, since what is printed to a pipe goes through more than a command can be given. */
    @Test
    void whoeverHasReadEnoughEndsIt() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers());
            TopicSetup.create(connection);
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    connection.client(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
                producer.send(result("first", 0)).get();
                Process watching = JavaCommand.of(
                                Deformux.class,
                                "watch",
                                "--bootstrap-servers",
                                broker.bootstrapServers(),
                                "--from-beginning")
                        .withModules()
                        .builder()
                        .redirectError(Redirect.DISCARD)
                        .start();
                try {
                    try (BufferedReader reader = watching.inputReader()) {
                        assertThat(reader.readLine()).contains("\"first\"");
                    }
                    producer.send(result("second", 0)).get();

                    assertThat(watching.waitFor(60, TimeUnit.SECONDS)).isTrue();
                    assertThat(watching.exitValue()).isEqualTo(ExitCode.OK);
                } finally {
                    watching.destroyForcibly();
                }
            }
        }
    }

    private int watch(String servers) {
        return Deformux.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute("watch", "--bootstrap-servers", servers, "--from-beginning", "--count", "2");
    }

    private static ProducerRecord<byte[], byte[]> result(String jobId, int partition) {
        ProducerRecord<byte[], byte[]> made = new EventRecords(URI.create("/test"), 1 << 20)
                .write(new SegmentationFailed(jobId, "fetch", "INPUT_NOT_FOUND", "Nothing is there.", false, 1));
        return new ProducerRecord<>(made.topic(), partition, made.key(), made.value(), made.headers());
    }

    private static ProducerRecord<byte[], byte[]> withoutAnId(ProducerRecord<byte[], byte[]> made) {
        made.headers().remove("ce_id");
        made.headers().add("ce_id", null);
        return made;
    }
}
