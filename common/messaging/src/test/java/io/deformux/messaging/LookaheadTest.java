package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.job.JobContext;
import io.deformux.messaging.job.PreparingHandler;
import io.deformux.schemas.Event;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.testing.server.KafkaFixture;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While a job runs, the next one's first part is done; nothing else changes. */
@Timeout(60)
class LookaheadTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private final Jobs jobs = new Jobs(KAFKA.connection(), 2);
    private final Workers workers = new Workers();
    private final Queue<String> begun = new ConcurrentLinkedQueue<>();
    private final Queue<String> run = new ConcurrentLinkedQueue<>();
    private final Queue<String> closed = new ConcurrentLinkedQueue<>();

    /** Both jobs have begun their first part. */
    private final CountDownLatch twoBegun = new CountDownLatch(2);

    /** What a test's job does in its first and in its second part. */
    private interface Part {
        void run(ScanArrived job, int order) throws Exception;
    }

    private PreparingHandler<ScanArrived> handler(Part first, Part second) {
        return new PreparingHandler<>() {
            @Override
            public Prepared prepare(ScanArrived job) throws Exception {
                begun.add(job.jobId());
                int order = List.copyOf(begun).indexOf(job.jobId());
                twoBegun.countDown();
                first.run(job, order);
                return new Prepared() {
                    @Override
                    public List<Event> handle(JobContext context) throws Exception {
                        run.add(job.jobId());
                        second.run(job, order);
                        return List.of(Jobs.completed(job));
                    }

                    @Override
                    public void close() {
                        closed.add(job.jobId());
                    }
                };
            }

            @Override
            public Event failed(ScanArrived job, JobException cause, int attempt) {
                return Jobs.failed(job, cause, attempt);
            }
        };
    }

    @AfterEach
    void close() {
        workers.close();
        jobs.close();
    }

    @Test
    void theNextJobIsPreparedWhileOneRuns() throws Exception {
        String a = jobs.send(0);
        String b = jobs.send(1);
        // The first to run does not end before the other has begun its first part.
        workers.start(KAFKA.connection(), jobs.config(), handler((job, order) -> {}, (job, order) -> twoBegun.await()));
        awaitResult(a);
        awaitResult(b);
        assertThat(jobs.results(a)).singleElement().isInstanceOf(SegmentationCompleted.class);
        assertThat(jobs.results(b)).singleElement().isInstanceOf(SegmentationCompleted.class);
        assertThat(run).containsExactlyElementsOf(begun);
        assertThat(closed).containsExactlyElementsOf(begun);
        assertThat(jobs.committed(0).offset()).isEqualTo(1);
        assertThat(jobs.committed(1).offset()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureCode.class,
            names = {"INPUT_ROOT_MISSING", "DEVICE_OUT_OF_MEMORY"})
    void aJobThatWasPreparedBehindOneThatFailsForItsSurroundingsIsNotPassedOver(FailureCode code) throws Exception {
        String a = jobs.send(0);
        String b = jobs.send(1);
        String behindA = jobs.send(0);
        String behindB = jobs.send(1);
        AtomicBoolean failed = new AtomicBoolean();
        workers.start(KAFKA.connection(), jobs.config(), handler((job, order) -> {}, (job, order) -> {
            twoBegun.await();
            if (!failed.getAndSet(true)) {
                throw new JobException(code, "Not now.");
            }
        }));
        for (String job : List.of(a, b, behindA, behindB)) {
            awaitResult(job);
            assertThat(jobs.results(job)).singleElement().isInstanceOf(SegmentationCompleted.class);
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(jobs.committed(0).offset()).isGreaterThanOrEqualTo(2);
            assertThat(jobs.committed(1).offset()).isGreaterThanOrEqualTo(2);
        });
    }

    @Test
    void aFailureOfTheFirstPartIsTheFailureOfItsJobInItsTurn() throws Exception {
        String a = jobs.send(0);
        String b = jobs.send(1);
        workers.start(
                KAFKA.connection(),
                jobs.config(),
                handler(
                        (job, order) -> {
                            if (order == 1) {
                                throw new JobException(FailureCode.INPUT_NOT_FOUND, "Nothing is there.");
                            }
                        },
                        (job, order) -> twoBegun.await()));
        awaitResult(a);
        awaitResult(b);
        String second = List.copyOf(begun).get(1);
        assertThat(jobs.results(second)).singleElement().isInstanceOfSatisfying(SegmentationFailed.class, failed -> {
            assertThat(failed.code()).isEqualTo("INPUT_NOT_FOUND");
            assertThat(failed.attempt()).isEqualTo(1);
        });
        assertThat(run).containsExactly(List.copyOf(begun).get(0));
    }

    @Test
    void aRetryableFailureOfTheFirstPartIsTriedAgain() throws Exception {
        String a = jobs.send(0);
        String b = jobs.send(1);
        CountDownLatch once = new CountDownLatch(1);
        workers.start(
                KAFKA.connection(),
                jobs.config(),
                handler(
                        (job, order) -> {
                            if (order == 1 && once.getCount() == 1) {
                                once.countDown();
                                throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "The storage sleeps.");
                            }
                        },
                        (job, order) -> twoBegun.await()));
        awaitResult(a);
        awaitResult(b);
        assertThat(jobs.results(a)).singleElement().isInstanceOf(SegmentationCompleted.class);
        assertThat(jobs.results(b)).singleElement().isInstanceOf(SegmentationCompleted.class);
    }

    @Test
    void aStopLeavesNothingOfTheWaitingJobBehindAndDoesNotCountItsStart() throws Exception {
        jobs.send(0);
        jobs.send(1);
        CountDownLatch never = new CountDownLatch(1);
        JobLoop<ScanArrived> loop = workers.start(
                KAFKA.connection(), jobs.config(), handler((job, order) -> {}, (job, order) -> never.await()));
        twoBegun.await();
        await().atMost(Duration.ofSeconds(20)).until(() -> !run.isEmpty());
        assertThat(loop.stop(Duration.ZERO)).isTrue();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(closed).containsExactlyInAnyOrderElementsOf(begun));
        assertThat(jobs.committed(0).metadata()).isEqualTo("starts=0");
        assertThat(jobs.committed(1).metadata()).isEqualTo("starts=0");
    }

    @Test
    void aWorkerThatLosesBothJobsDropsBoth() throws Exception {
        String a = jobs.send(0);
        String b = jobs.send(1);
        CountDownLatch again = new CountDownLatch(1);
        workers.start(KAFKA.connection(), jobs.config(), handler((job, order) -> {}, (job, order) -> {
            if (again.getCount() == 1) {
                new CountDownLatch(1).await(); // until it is cancelled
            }
        }));
        twoBegun.await();
        await().atMost(Duration.ofSeconds(20)).until(() -> !run.isEmpty());
        again.countDown();
        jobs.admin()
                .removeMembersFromConsumerGroup(jobs.topic(), new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
        awaitResult(a);
        awaitResult(b);
        assertThat(jobs.results(a)).hasSize(1);
        assertThat(jobs.results(b)).hasSize(1);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(closed).hasSameSizeAs(begun));
    }

    @Test
    void aJobOfTheSamePartitionWaitsUntouched() throws Exception {
        String a = jobs.send(0);
        String b = jobs.send(0);
        workers.start(KAFKA.connection(), jobs.config(), handler((job, order) -> {}, (job, order) -> assertThat(begun)
                .hasSize(order + 1)));
        awaitResult(a);
        awaitResult(b);
        assertThat(jobs.results(a)).singleElement().isInstanceOf(SegmentationCompleted.class);
        assertThat(jobs.results(b)).singleElement().isInstanceOf(SegmentationCompleted.class);
        assertThat(run).containsExactly(a, b);
    }

    @Test
    void nothingIsPreparedWhereTheConfigurationSaysSo() throws Exception {
        String a = jobs.send(0);
        String b = jobs.send(1);
        workers.start(
                KAFKA.connection(),
                jobs.config().withPrepareNext(false),
                handler((job, order) -> {}, (job, order) -> assertThat(begun).hasSize(order + 1)));
        awaitResult(a);
        awaitResult(b);
        assertThat(jobs.results(a)).singleElement().isInstanceOf(SegmentationCompleted.class);
        assertThat(jobs.results(b)).singleElement().isInstanceOf(SegmentationCompleted.class);
    }

    private void awaitResult(String jobId) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !jobs.results(jobId).isEmpty());
    }
}
