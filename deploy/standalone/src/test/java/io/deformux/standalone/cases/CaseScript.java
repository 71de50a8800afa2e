package io.deformux.standalone.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.parity.Fixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The script of a case, run with stand-ins for the Kafka clients that it is written for (Python's, node's, kcat), which few
 * machines have: they write down what the script does, and that is done here. For one thread.
 */
final class CaseScript {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CLIENTS =
            Fixtures.checkoutRoot().resolve("deploy/standalone/src/test/resources/io/deformux/standalone/cases");

    private final List<JsonNode> done = new ArrayList<>();

    private CaseScript() {}

    /**
     * Runs a script; skips the test where what runs it is not installed.
     *
     * @param work an empty folder
     * @param command interpreter, script and arguments
     */
    static CaseScript run(Path work, List<String> command) throws IOException, InterruptedException {
        Path clients = Files.createDirectories(work.resolve("clients"));
        copy(CLIENTS, clients);
        assertThat(clients.resolve("kcat").toFile().setExecutable(true)).isTrue();
        Path recorded = Files.createFile(work.resolve("recorded"));
        ProcessBuilder script = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("said").toFile());
        script.environment()
                .putAll(Map.of(
                        "RECORDED",
                        recorded.toString(),
                        "PYTHONPATH",
                        clients.toString(),
                        "PYTHONDONTWRITEBYTECODE",
                        "1",
                        "NODE_PATH",
                        clients.toString(),
                        "PATH",
                        clients + ":" + System.getenv("PATH")));
        assumeTrue(isInstalled(command.get(0)) && isInstalled("python3"), command.get(0) + " is not installed");
        assertThat(script.start().waitFor())
                .as(() -> said(work.resolve("said")))
                .isZero();
        CaseScript read = new CaseScript();
        for (String line : Files.readAllLines(recorded)) {
            read.done.add(JSON.readTree(line));
        }
        assertThat(read.done).isNotEmpty();
        return read;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(each).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(each, copy);
            }
        }
    }

    private static String said(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isInstalled(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Does on a cluster what the script did: sends its records in their order, and adds its partitions. */
    void repeat(String bootstrapServers) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "max.request.size",
                                5_000_000,
                                "compression.type",
                                "gzip"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            for (JsonNode each : done) {
                if (each.has("partitions")) {
                    admin.createPartitions(Map.of(
                                    each.path("topic").asText(),
                                    NewPartitions.increaseTo(
                                            each.path("partitions").asInt())))
                            .all()
                            .get();
                } else {
                    producer.send(record(each)).get();
                }
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> record(JsonNode sent) {
        Integer partition =
                sent.path("partition").isInt() ? sent.path("partition").asInt() : null;
        ProducerRecord<byte[], byte[]> made =
                new ProducerRecord<>(
                        sent.path("topic").asText(), partition, bytes(sent.path("key")), bytes(sent.path("value"))) {
                    /** Java's client refuses to make one with such a time. */
                    @Override
                    public Long timestamp() {
                        return sent.has("timestamp")
                                ? Long.valueOf(sent.path("timestamp").asLong())
                                : super.timestamp();
                    }
                };
        sent.path("headers").forEach(header -> made.headers().add(header.path(0).asText(), bytes(header.path(1))));
        return made;
    }

    private static byte[] bytes(JsonNode coded) {
        return coded.isTextual() ? Base64.getDecoder().decode(coded.asText()) : null;
    }
}
