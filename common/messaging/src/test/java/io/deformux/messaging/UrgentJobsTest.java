package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.cluster.TopicSetup.Topic;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.member.Turns;
import io.deformux.messaging.record.EventRecords;
import io.deformux.testing.server.KafkaFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Urgent jobs go first, and routine ones not for ever last. */
@Timeout(90)
class UrgentJobsTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private final Jobs jobs = new Jobs(KAFKA.connection(), 1);
    private final String urgent = "urgent-" + UUID.randomUUID();
    private final EventRecords records = new EventRecords(Jobs.SOURCE, 1 << 20);
    private final Workers workers = new Workers();
    private final Queue<String> begun = new ConcurrentLinkedQueue<>();
    private final CountDownLatch go = new CountDownLatch(1);

    UrgentJobsTest() {
        TopicSetup.create(KAFKA.connection(), List.of(new Topic(urgent, 1, Duration.ofHours(1))));
    }

    @AfterEach
    void close() {
        go.countDown();
        workers.close();
        jobs.close();
    }

    private String sendUrgent() throws Exception {
        String jobId = "urgent-" + UUID.randomUUID();
        ProducerRecord<byte[], byte[]> written = records.write(Jobs.scan(jobId));
        jobs.sendRaw(new ProducerRecord<>(urgent, 0, written.key(), written.value(), written.headers()));
        return jobId;
    }

    /** The first job waits for {@link #go}. */
    private void startWorker() {
        workers.start(KAFKA.connection(), jobs.config().withUrgent(urgent), (job, context) -> {
            begun.add(job.jobId());
            go.await();
            return List.of(Jobs.completed(job));
        });
        await().until(() -> !begun.isEmpty());
    }

    @Test
    void anUrgentJobOvertakesAllThatHaveNotBegun() throws Exception {
        String running = jobs.send(0);
        startWorker();
        String routine = jobs.send(0);
        String first = sendUrgent();
        go.countDown();
        await().until(() -> begun.size() == 3);
        assertThat(begun).containsExactly(running, first, routine);
        await().until(() -> !jobs.results(routine).isEmpty());
    }

    @Test
    void anUrgentJobThatWasPutOffGoesFirstAgainOnceItIsDue() throws Exception {
        AtomicReference<Instant> putOff = new AtomicReference<>();
        String first = sendUrgent();
        JobLoopConfig config = jobs.config()
                .withUrgent(urgent)
                .withAttempts(new Attempts(3, Duration.ofSeconds(2), Duration.ofSeconds(2)));
        workers.start(KAFKA.connection(), config, (job, context) -> {
            begun.add(job.jobId());
            if (putOff.compareAndSet(null, Instant.now())) {
                throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "The storage sleeps.");
            }
            go.await();
            return List.of(Jobs.completed(job));
        });
        await().until(() -> begun.size() == 1);
        String running = jobs.send(0);
        await().until(() -> begun.size() == 2);
        String routine = jobs.send(0);
        await().until(() -> Instant.now().isAfter(putOff.get().plusSeconds(4)));
        go.countDown();
        await().until(() -> begun.size() == 4);
        assertThat(begun).containsExactly(first, running, first, routine);
        await().until(() -> !jobs.results(routine).isEmpty());
    }

    @Test
    void afterSomeUrgentJobsInARowARoutineOneGoes() throws Exception {
        String running = jobs.send(0);
        startWorker();
        String routine = jobs.send(0);
        List<String> expected = new ArrayList<>(List.of(running));
        for (int n = 0; n < Turns.MOST; n++) {
            expected.add(sendUrgent());
        }
        expected.add(routine);
        expected.add(sendUrgent());
        go.countDown();
        await().until(() -> begun.size() == expected.size());
        assertThat(begun).containsExactlyElementsOf(expected);
        await().until(() -> !jobs.results(routine).isEmpty());
    }
}
