package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.deformux.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(90)
class JobLoopOutageTest {
    @Test
    void aJobThatEndsWhileKafkaIsAwayIsPublishedOnceWhenItIsBack(@TempDir Path directory) throws Exception {
        Logger clients = (Logger) LoggerFactory.getLogger("org.apache.kafka.clients");
        clients.setLevel(Level.ERROR); // they warn of every lost connection
        EmbeddedBroker broker = EmbeddedBroker.start(directory);
        KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers());
        TopicSetup.create(connection, TopicSetup.topics());
        try (Jobs jobs = new Jobs(connection, 2);
                Workers workers = new Workers()) {
            String id = jobs.send(0);
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch mayEnd = new CountDownLatch(1);
            List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
            workers.start(connection, jobs.config(), (job, context) -> {
                attempts.add(context.attempt());
                running.countDown();
                mayEnd.await();
                return List.of(Jobs.completed(job));
            });
            running.await();
            broker.close();
            mayEnd.countDown();
            broker = EmbeddedBroker.start(directory, broker.port());

            await().atMost(Duration.ofSeconds(40)).until(() -> !jobs.results(id).isEmpty());
            String next = jobs.send(1);
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> !jobs.results(next).isEmpty());
            assertThat(jobs.results(id)).hasSize(1);
            assertThat(attempts).containsExactly(1, 1);
        } finally {
            broker.close();
            clients.setLevel(null);
        }
    }
}
