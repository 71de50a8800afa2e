package io.deformux.standalone.chaos;

import static org.awaitility.Awaitility.await;

import io.deformux.standalone.Deformux;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A place where a worker runs and is started again: its log, its way to Kafka. For one thread. */
final class WorkerHost implements AutoCloseable {
    private static final String TAKES = "Takes jobs from";

    private final Path folder;
    private final String name;
    private final List<String> options;
    private int starts;
    private ChildJava child;

    /**
     * A host without a worker yet.
     *
     * @param folder for logs
     * @param java options of Java
     * @param arguments the worker's command and its options
     */
    WorkerHost(Path folder, String name, List<String> java, List<String> arguments) {
        this.folder = folder;
        this.name = name;
        options = new ArrayList<>(java);
        options.add(Deformux.class.getName());
        options.addAll(arguments);
    }

    /** Starts a worker; does not wait for it. */
    void start() {
        start(Map.of());
    }

    /** The same with something in its environment. */
    void start(Map<String, String> environment) {
        child = ChildJava.start(environment, folder.resolve(name + "-" + starts++ + ".log"), options);
    }

    /** Waits until it is a member of its group. */
    void awaitMember() {
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    if (!child.isAlive()) {
                        throw new IllegalStateException(name + " has ended: " + child.printed());
                    }
                    return child.printed().contains(TAKES);
                });
    }

    /** Whether its worker is a member of its group by now. */
    boolean isMember() {
        return child.isAlive() && child.printed().contains(TAKES);
    }

    ChildJava worker() {
        return child;
    }

    @Override
    public void close() {
        if (child != null) {
            child.close();
        }
    }
}
