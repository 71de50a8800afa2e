package io.deformux.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker of one node in this JVM, reachable from this machine only.
 *
 * <p>It is meant for the all-in-one mode and for tests: no replication, and unless further settings ask for
 * them no encryption and no authentication. It creates no topic by
 * itself. A broker started again on the same directory has the same topics, records and group offsets.
 *
 * <p>Kafka halts the whole JVM when it loses its log directory. In a JVM that has started an embedded broker this
 * becomes an error in the log; that broker is then unusable, everything else lives on.
 *
 * <p>Kafka logs thousands of lines at INFO: keep the loggers {@code kafka}, {@code org.apache.kafka} and
 * {@code state.change.logger} at WARN or above.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String HOST = "127.0.0.1";

    /** The name of the listener that clients come to. */
    public static final String LISTENER = "CLIENTS";

    /** The name of the listener that the broker's own controller has, for this JVM only. */
    public static final String CONTROLLER = "CONTROLLER";

    private final Path directory;
    private final boolean temporary;
    private final int port;
    private final KafkaRaftServer server;
    private boolean closed;

    private EmbeddedBroker(Path directory, boolean temporary, int port, Map<String, ?> further) {
        this.directory = directory;
        this.temporary = temporary;
        this.port = port;
        Exit.setHaltProcedure((status, message) ->
                LOG.error("The embedded Kafka broker has failed (status {}): {}", status, message));
        format(directory);
        Properties properties = properties(directory, port, freePort());
        properties.putAll(further);
        server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
    }

    /** Starts a broker on a free port, in a new temporary directory that {@link #close()} deletes. */
    public static EmbeddedBroker start() {
        try {
            return new EmbeddedBroker(Files.createTempDirectory("deformux-kafka-"), true, freePort(), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a broker on a free port; {@code directory} is created when absent and kept by {@link #close()}. */
    public static EmbeddedBroker start(Path directory) {
        return start(directory, freePort());
    }

    /**
     * Starts a broker on a given port, so that clients of an earlier broker on the same directory find it again.
     *
     * @throws org.apache.kafka.common.KafkaException if the port is taken
     */
    public static EmbeddedBroker start(Path directory, int port) {
        return new EmbeddedBroker(directory.toAbsolutePath(), false, port, Map.of());
    }

    /**
     * Starts a broker with further settings of Kafka's, which go over its own. The listener of the clients has the name
     * {@value #LISTENER}: {@code listener.security.protocol.map} and {@code listener.name.…} give it TLS and users.
     */
    public static EmbeddedBroker start(Path directory, Map<String, ?> further) {
        return new EmbeddedBroker(directory.toAbsolutePath(), false, freePort(), further);
    }

    /** What clients connect to, as {@code host:port}. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** The port on the loopback interface. */
    public int port() {
        return port;
    }

    /** Stops the broker and waits until its port and directory are free. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.shutdown();
        server.awaitShutdown();
        if (temporary) {
            deleteRecursively(directory);
        }
    }

    private static void format(Path directory) {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(CONTROLLER)
                    .setMetadataLogDirectory(directory.toString())
                    .setDirectories(List.of(directory.toString()))
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("Cannot prepare a directory for the embedded Kafka broker", e);
        }
    }

    private static Properties properties(Path directory, int port, int controllerPort) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", "1");
        p.put("log.dirs", directory.toString());
        p.put(
                "listeners",
                LISTENER + "://" + HOST + ":" + port + "," + CONTROLLER + "://" + HOST + ":" + controllerPort);
        p.put("advertised.listeners", LISTENER + "://" + HOST + ":" + port);
        p.put("listener.security.protocol.map", LISTENER + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        p.put("inter.broker.listener.name", LISTENER);
        p.put("controller.listener.names", CONTROLLER);
        p.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
        p.put("auto.create.topics.enable", "false");
        // As long as the longest retention of a job topic: a group that had no worker for a while must not start over.
        p.put("offsets.retention.minutes", Long.toString(Duration.ofDays(30).toMinutes()));
        // The defaults ask for three replicas and 50 partitions of every internal topic.
        for (String prefix : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            p.put(prefix + ".replication.factor", "1");
            p.put(prefix + ".num.partitions", "1");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        // A lone worker need not wait for others to join; a short session makes the take-over quick where asked for.
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("group.min.session.timeout.ms", "1000");
        // Look for timed-out transactions every second instead of every ten: read_committed readers wait for them.
        p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        p.put("log.cleaner.dedupe.buffer.size", "2097152");
        return p;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteRecursively(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.warn("Cannot delete the embedded broker's temporary directory {}: {}", directory, e.toString());
        }
    }
}
