package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.job.LastResort;
import io.deformux.messaging.record.RetryRecord;
import io.deformux.schemas.JobCancel;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.testing.server.KafkaFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose end is asked for does not begin, or ends; nothing else does. */
@Timeout(60)
class CancelTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private final Jobs jobs = new Jobs(KAFKA.connection(), 1);
    private final Workers workers = new Workers();
    private final CountDownLatch forEver = new CountDownLatch(1);
    private final Queue<String> begun = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        forEver.countDown();
        workers.close();
        jobs.close();
    }

    private static void cancel(String job) {
        try (EventPublisher publisher = new EventPublisher(KAFKA.connection(), Jobs.SOURCE)) {
            publisher.publish(new JobCancel(job));
        }
    }

    private void requireCancelled(String job) {
        assertThat(jobs.results(job))
                .singleElement()
                .isInstanceOfSatisfying(SegmentationFailed.class, failed -> assertThat(failed.code())
                        .isEqualTo("JOB_CANCELLED_BY_REQUEST"));
    }

    @Test
    void aRunningJobEndsAndTheNextOneBegins() throws Exception {
        String unwanted = jobs.send(0);
        String wanted = jobs.send(0);
        workers.start(KAFKA.connection(), jobs.config(), (job, context) -> {
            begun.add(job.jobId());
            if (job.jobId().equals(unwanted)) {
                forEver.await();
            }
            return List.of(Jobs.completed(job));
        });
        await().until(() -> begun.contains(unwanted));
        cancel(unwanted);
        await().until(() -> !jobs.results(wanted).isEmpty());
        requireCancelled(unwanted);
        assertThat(jobs.results(wanted)).singleElement().isInstanceOf(SegmentationCompleted.class);
        assertThat(jobs.deadLetters()).hasSize(1);
    }

    @Test
    void aJobThatWaitsForItsTurnNeverBegins() throws Exception {
        String unwanted = jobs.send(0);
        cancel(unwanted);
        String waiting = "job-waiting-" + unwanted;
        jobs.sendWaiting(Jobs.scan(waiting), jobs.topic(), new RetryRecord.Prior(1, 0), Instant.now());
        cancel(waiting);
        workers.start(KAFKA.connection(), jobs.config(), (job, context) -> {
            begun.add(job.jobId());
            return List.of(Jobs.completed(job));
        });
        await().until(() ->
                !jobs.results(unwanted).isEmpty() && !jobs.results(waiting).isEmpty());
        requireCancelled(unwanted);
        requireCancelled(waiting);
        assertThat(begun).isEmpty();
    }

    @Test
    void aJobThatIsSentAfterTheRequestIsDone() {
        try (CancelRequests requests = new CancelRequests(KAFKA.connection(), LastResort.NONE)) {
            cancel("sent-again");
            requests.start();
            long now = System.currentTimeMillis();
            assertThat(requests.askFor(List.of("sent-again"), now - 1_000)).isTrue();
            assertThat(requests.askFor(List.of("sent-again"), -1)).isTrue();
            assertThat(requests.askFor(
                            List.of("sent-again"), now + Duration.ofMinutes(1).toMillis()))
                    .isFalse();
            assertThat(requests.askFor(List.of("another"), now)).isFalse();
        }
    }

    @Test
    void anErrorOnTheThreadThatReadsRequestsEndsTheProcess() {
        KafkaConnection breaking = new KafkaConnection(
                KAFKA.connection().bootstrapServers(), Map.of("interceptor.classes", BrokenRead.class.getName()));
        AtomicReference<Error> broken = new AtomicReference<>();
        LastResort resort = new LastResort() {
            @Override
            public void stuck() {}

            @Override
            public void broken(Error error) {
                broken.set(error);
            }
        };
        try (CancelRequests requests = new CancelRequests(breaking, resort)) {
            cancel("any");
            requests.start();
            await().untilAsserted(() -> assertThat(broken.get()).isInstanceOf(StackOverflowError.class));
        }
    }

    /** Ends a poll with an error, as a defect of a library would. */
    public static final class BrokenRead implements ConsumerInterceptor<byte[], byte[]> {
        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            throw new StackOverflowError("as a test has it");
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> configs) {}
    }
}
