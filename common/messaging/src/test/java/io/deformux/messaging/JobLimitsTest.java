package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.job.JobContext;
import io.deformux.messaging.job.JobHandler;
import io.deformux.messaging.job.JobLimits;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.job.LastResort;
import io.deformux.schemas.Event;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.testing.server.KafkaFixture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job beyond its time is ended, and a worker that cannot go on is too. */
@Timeout(60)
class JobLimitsTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private final Jobs jobs = new Jobs(KAFKA.connection(), 1);
    private final Workers workers = new Workers();
    private final CountDownLatch forEver = new CountDownLatch(1);
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger stuck = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicReference<Error> broken = new AtomicReference<>();
    private final LastResort resort = new LastResort() {
        @Override
        public void stuck() {
            stuck.incrementAndGet();
        }

        @Override
        public void broken(Error error) {
            broken.set(error);
        }

        @Override
        public void deviceLost() {
            lost.incrementAndGet();
        }
    };

    private JobLoopConfig config(Duration time) {
        return jobs.config().withLimits(new JobLimits(time, Duration.ofMillis(300), resort));
    }

    @AfterEach
    void close() {
        forEver.countDown();
        workers.close();
        jobs.close();
    }

    @Test
    void aJobBeyondItsTimeIsCancelledFailsAndLetsTheNextOneGo() throws Exception {
        String slow = jobs.send(0);
        String quick = jobs.send(0);
        workers.start(KAFKA.connection(), config(Duration.ofMillis(400)), (job, context) -> {
            starts.incrementAndGet();
            if (job.jobId().equals(slow)) {
                forEver.await();
            }
            return List.of(Jobs.completed(job));
        });
        await().until(() -> !jobs.results(quick).isEmpty());
        assertThat(jobs.results(slow)).singleElement().isInstanceOfSatisfying(SegmentationFailed.class, failed -> {
            assertThat(failed.code()).isEqualTo("JOB_TIMED_OUT");
            assertThat(failed.retryable()).isFalse();
        });
        assertThat(jobs.results(quick)).singleElement().isInstanceOf(SegmentationCompleted.class);
        assertThat(jobs.deadLetters()).hasSize(1);
        assertThat(starts).hasValue(2);
        assertThat(stuck).hasValue(0);
    }

    @Test
    void aJobThatIgnoresItsEndIsToldAndThenEndsItsWorker() throws Exception {
        String job = jobs.send(0);
        String behind = jobs.send(0);
        JobLoop<ScanArrived> loop =
                workers.start(KAFKA.connection(), config(Duration.ofMillis(200)), (scan, context) -> {
                    starts.incrementAndGet();
                    awaitWithoutNotice();
                    return List.of(Jobs.completed(scan));
                });
        await().until(() -> stuck.get() == 1);
        assertThat(loop.stop(Duration.ofSeconds(5))).isTrue();
        assertThat(jobs.results(job))
                .singleElement()
                .isInstanceOfSatisfying(SegmentationFailed.class, failed -> assertThat(failed.code())
                        .isEqualTo("JOB_TIMED_OUT"));
        assertThat(jobs.results(behind)).isEmpty();
        assertThat(starts).hasValue(1);
    }

    /** As a native call does. */
    private void awaitWithoutNotice() {
        while (forEver.getCount() > 0) {
            try {
                forEver.await();
            } catch (InterruptedException e) {
                continue;
            }
        }
    }

    @Test
    void anErrorOnTheLoopsThreadEndsTheWorker() throws Exception {
        jobs.send(0);
        JobHandler<ScanArrived> handler = new JobHandler<>() {
            @Override
            public List<Event> handle(ScanArrived job, JobContext context) {
                throw new JobException(FailureCode.INPUT_NOT_FOUND, "Nothing is there.");
            }

            @Override
            public Event failed(ScanArrived job, JobException cause, int attempt) {
                throw new NoClassDefFoundError("io/deformux/Gone");
            }
        };
        JobLoop<ScanArrived> loop =
                new JobLoop<>(KAFKA.connection(), config(Duration.ofMinutes(1)), ScanArrived.class, handler);
        assertThatThrownBy(loop::run).isInstanceOf(NoClassDefFoundError.class);
        assertThat(broken.get()).isInstanceOf(NoClassDefFoundError.class);
    }

    /** Else a GPU that is gone would have every waiting job fail within seconds. */
    @Test
    void aDeviceThatFailsEndsTheWorkerWithTheFirstJobAndLeavesItToAnotherOne() throws Exception {
        String job = jobs.send(0);
        String behind = jobs.send(0);
        JobLoop<ScanArrived> broken = workers.start(KAFKA.connection(), config(Duration.ofMinutes(1)), this::fail);
        await().until(() -> lost.get() == 1);
        assertThat(broken.stop(Duration.ofSeconds(5))).isTrue();
        assertThat(starts).hasValue(1);
        assertThat(jobs.results(job)).isEmpty();
        assertThat(jobs.deadLetters()).isEmpty();

        workers.start(
                KAFKA.connection(), config(Duration.ofMinutes(1)), (scan, context) -> List.of(Jobs.completed(scan)));
        await().until(() -> !jobs.results(behind).isEmpty());
        assertThat(jobs.results(job)).singleElement().isInstanceOf(SegmentationCompleted.class);
    }

    @Test
    void aJobAtWhichEveryDeviceFailsIsGivenUpAsOneThatKillsItsWorkers() throws Exception {
        String job = jobs.send(0);
        JobLoopConfig twice = config(Duration.ofMinutes(1))
                .withAttempts(jobs.config().attempts().withCrashes(2));
        for (int worker = 1; worker <= 2; worker++) {
            int ended = worker;
            workers.start(KAFKA.connection(), twice, this::fail);
            await().until(() -> lost.get() == ended);
        }
        workers.start(KAFKA.connection(), twice, this::fail);
        await().until(() -> !jobs.results(job).isEmpty());
        assertThat(jobs.results(job))
                .singleElement()
                .isInstanceOfSatisfying(SegmentationFailed.class, failed -> assertThat(failed.code())
                        .isEqualTo("ATTEMPTS_EXHAUSTED"));
        assertThat(starts).hasValue(2);
        assertThat(lost).hasValue(2);
    }

    private List<Event> fail(ScanArrived job, JobContext context) {
        starts.incrementAndGet();
        throw new JobException(FailureCode.DEVICE_FAILED, "the GPU has failed");
    }

    @Test
    void aLimitOfNothingIsRefused() {
        assertThatThrownBy(() -> JobLimits.DEFAULT.withTime(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
