package io.deformux.worker.train.messaging;

import io.deformux.messaging.cluster.KafkaConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A training worker in a JVM of its own, to be killed: it says which fold it has begun, and never finishes one. */
final class TrainingWorkerProcess implements AutoCloseable {
    private static final String MARK = "begun: ";

    private final Process process;
    private final BufferedReader says;

    TrainingWorkerProcess(KafkaConnection connection, Path folder) {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            TrainingWorkerProcess.class.getName(),
                            connection.bootstrapServers(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        says = process.inputReader(StandardCharsets.UTF_8);
    }

    /** The process itself. */
    public static void main(String[] args) throws InterruptedException {
        TrainingWorkerConfig config = Pretended.config(KafkaConnection.of(args[0]), Path.of(args[1]));
        TrainingWorker.start(config, (fold, context) -> {
                    System.out.println(MARK + fold.key());
                    new CountDownLatch(1).await(); // until it is killed
                    throw new IllegalStateException("nobody counts down");
                })
                .join();
    }

    /** Waits until it has begun a fold; gives the fold's key. */
    String awaitFold() throws IOException {
        String line = says.readLine();
        while (line != null && !line.startsWith(MARK)) {
            line = says.readLine();
        }
        return line == null ? "gone" : line.substring(MARK.length());
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }
}
