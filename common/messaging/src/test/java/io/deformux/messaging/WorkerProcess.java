package io.deformux.messaging;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.schemas.ScanArrived;
import io.deformux.testing.TalkingProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A worker in a JVM of its own, for tests that kill or freeze it. It says "begun N" for attempt N of a job, and finishes
 * the job when it is told to.
 */
final class WorkerProcess implements AutoCloseable {
    private static final String MARK = "worker-process: ";

    private final TalkingProcess process;

    WorkerProcess(KafkaConnection connection, String topic) {
        process = TalkingProcess.start(MARK, WorkerProcess.class, connection.bootstrapServers(), topic);
    }

    /** The process itself. */
    public static void main(String[] args) {
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        new JobLoop<>(
                        KafkaConnection.of(args[0]),
                        Jobs.config(args[1]),
                        ScanArrived.class,
                        Workers.handler((job, context) -> {
                            System.out.println(MARK + "begun " + context.attempt());
                            told.readLine();
                            return List.of(Jobs.completed(job));
                        }))
                .run();
    }

    /** Waits for what the worker says next. */
    String awaitLine() throws IOException {
        return process.awaitLine();
    }

    void finishJob() throws IOException {
        process.process().outputWriter().write("go\n");
        process.process().outputWriter().flush();
    }

    /** SIGKILL. */
    void kill() {
        process.kill();
    }

    /** SIGSTOP: the process stands still, its connections stay open. */
    void freeze() throws Exception {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.process().pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        kill();
    }
}
