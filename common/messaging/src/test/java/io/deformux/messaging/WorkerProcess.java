package io.deformux.messaging;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.schemas.ScanArrived;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A worker in a JVM of its own, for tests that kill or freeze it. It says "begun N" for attempt N of a job, and finishes
 * the job when it is told to.
 */
final class WorkerProcess implements AutoCloseable {
    private static final String MARK = "worker-process: ";

    private final Process process;
    private final BufferedReader says;

    WorkerProcess(KafkaConnection connection, String topic) {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            WorkerProcess.class.getName(),
                            connection.bootstrapServers(),
                            topic)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        says = process.inputReader(StandardCharsets.UTF_8);
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
        String line = says.readLine();
        while (line != null && !line.startsWith(MARK)) {
            line = says.readLine();
        }
        return line == null ? "gone" : line.substring(MARK.length());
    }

    void finishJob() throws IOException {
        process.outputWriter().write("go\n");
        process.outputWriter().flush();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
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
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        kill();
    }
}
