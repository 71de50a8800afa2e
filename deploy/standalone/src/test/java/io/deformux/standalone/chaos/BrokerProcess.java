package io.deformux.standalone.chaos;

import static org.awaitility.Awaitility.await;

import io.deformux.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A Kafka broker in a process of its own that keeps its log and its addresses, so that it can be killed and started again.
 * It has a second listener, whose address in the cluster's own words is that of a gate. For one thread.
 */
final class BrokerProcess implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String GATED = "GATED";
    private static final String READY = "broker is ready";

    private final Path folder;
    private final int port = freePort();
    private final int gatedPort = freePort();
    private final int controllerPort = freePort();
    private final int gatePort;
    private int starts;
    private ChildJava child;

    /**
     * Starts it.
     *
     * @param folder for its log and its output
     * @param gatePort where a gate to {@link #gatedPort} is
     */
    BrokerProcess(Path folder, int gatePort) {
        this.folder = folder;
        this.gatePort = gatePort;
    }

    /** The process itself: folder, port, gated port, port of the gate, port of the controller. */
    public static void main(String[] args) throws InterruptedException {
        String listeners = EmbeddedBroker.LISTENER + "://" + HOST + ":" + args[1] + "," + GATED + "://" + HOST + ":";
        EmbeddedBroker.start(
                Path.of(args[0]),
                Map.of(
                        "listeners",
                        listeners + args[2] + "," + EmbeddedBroker.CONTROLLER + "://" + HOST + ":" + args[4],
                        "advertised.listeners",
                        listeners + args[3],
                        "listener.security.protocol.map",
                        EmbeddedBroker.LISTENER + ":PLAINTEXT," + GATED + ":PLAINTEXT," + EmbeddedBroker.CONTROLLER
                                + ":PLAINTEXT",
                        "controller.quorum.voters",
                        "1@" + HOST + ":" + args[4]));
        System.out.println(READY);
        new CountDownLatch(1).await();
    }

    /** Starts it, or starts it again, and waits until it can be used. */
    void start() {
        Path log = folder.resolve("broker-" + starts++ + ".log");
        child = ChildJava.start(
                Map.of(),
                log,
                List.of(
                        "-Xmx512m",
                        BrokerProcess.class.getName(),
                        folder.resolve("log").toString(),
                        Integer.toString(port),
                        Integer.toString(gatedPort),
                        Integer.toString(gatePort),
                        Integer.toString(controllerPort)));
        await().atMost(Duration.ofSeconds(120)).until(() -> {
            if (!child.isAlive()) {
                throw new IllegalStateException("the broker did not start: " + child.printed());
            }
            return child.printed().contains(READY);
        });
    }

    /** SIGKILL; what it has written stays. */
    void kill() {
        child.kill();
    }

    String address() {
        return HOST + ":" + port;
    }

    int gatedPort() {
        return gatedPort;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (child != null) {
            child.close();
        }
    }
}
