package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.schemas.ScanArrived;
import io.deformux.testing.server.KafkaFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(90)
class WorkerDeathTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private final Jobs jobs = new Jobs(KAFKA.connection(), 1);
    private final Workers workers = new Workers();
    private final List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        workers.close();
        jobs.close();
    }

    @Test
    void theJobOfAKilledWorkerIsTakenOverAsItsSecondAttempt() throws Exception {
        String id = jobs.send(0);
        try (WorkerProcess worker = new WorkerProcess(KAFKA.connection(), jobs.topic())) {
            assertThat(worker.awaitLine()).isEqualTo("begun 1");
            worker.kill();
            startWorker();
            awaitResult(id);
        }
        assertThat(attempts).containsExactly(2);
        assertThat(jobs.results(id)).hasSize(1);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFrozenWorkerThatWakesUpPublishesNothingOfTheJobThatItLost() throws Exception {
        String id = jobs.send(0);
        try (WorkerProcess worker = new WorkerProcess(KAFKA.connection(), jobs.topic())) {
            assertThat(worker.awaitLine()).isEqualTo("begun 1");
            worker.freeze();
            JobLoop<ScanArrived> other = startWorker();
            awaitResult(id);
            worker.finishJob();
            worker.thaw();
            // It has to be done with the lost job before it takes the next one.
            other.stop(Duration.ZERO);
            String next = jobs.send(0);
            assertThat(worker.awaitLine()).isEqualTo("begun 1");
            worker.finishJob();
            awaitResult(next);
        }
        assertThat(attempts).containsExactly(2);
        assertThat(jobs.results(id)).hasSize(1);
    }

    private JobLoop<ScanArrived> startWorker() {
        return workers.start(KAFKA.connection(), jobs.config(), (job, context) -> {
            attempts.add(context.attempt());
            return List.of(Jobs.completed(job));
        });
    }

    private void awaitResult(String jobId) {
        await().atMost(Duration.ofSeconds(40)).until(() -> !jobs.results(jobId).isEmpty());
    }
}
