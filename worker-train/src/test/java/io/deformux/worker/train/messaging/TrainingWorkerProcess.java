package io.deformux.worker.train.messaging;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.testing.TalkingProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A training worker in a JVM of its own, to be killed: it says which fold it has begun, and never finishes one. */
final class TrainingWorkerProcess implements AutoCloseable {
    private static final String MARK = "begun: ";

    private final TalkingProcess process;

    TrainingWorkerProcess(KafkaConnection connection, Path folder) {
        process = TalkingProcess.start(
                MARK, TrainingWorkerProcess.class, connection.bootstrapServers(), folder.toString());
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
        return process.awaitLine();
    }

    /** SIGKILL. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        kill();
    }
}
