package io.deformux.messaging;

import static io.deformux.messaging.Jobs.completed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.Backoff;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.job.LoopHealth;
import io.deformux.messaging.job.LoopHealth.Lack;
import io.deformux.messaging.member.StartCount;
import io.deformux.messaging.record.RetryRecord.Prior;
import io.deformux.schemas.DeadLetterHeaders;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.testing.server.KafkaFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a worker does about a failure, class by class. */
@Timeout(90)
class FailureClassesTest {
    private static final Duration SOON = Duration.ofMillis(50);

    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private final Jobs jobs = new Jobs(KAFKA.connection(), 1);
    private final Workers workers = new Workers();
    /** Job id and attempt of every start. */
    private final Queue<String> starts = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean broken = new AtomicBoolean(true);

    @AfterEach
    void close() {
        workers.close();
        jobs.close();
    }

    @Test
    void aJobThatWaitsHoldsUpNoOther() throws Exception {
        String waiting = jobs.send(0);
        String behind = jobs.send(0);
        start(
                jobs.config().withAttempts(new Attempts(3, Duration.ofSeconds(3), Duration.ofSeconds(3))),
                (job, context) -> {
                    if (job.jobId().equals(waiting) && context.attempt() == 1) {
                        throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "The storage sleeps.");
                    }
                    return List.of(completed(job));
                });
        awaitResult(waiting);
        assertThat(starts).containsExactly(waiting + " 1", behind + " 1", waiting + " 2");
        assertThat(jobs.results(waiting)).singleElement().isInstanceOf(SegmentationCompleted.class);
        assertThat(jobs.results(behind)).singleElement().isInstanceOf(SegmentationCompleted.class);
        assertThat(jobs.deadLetters()).isEmpty();
    }

    @Test
    void aJobThatWaitsOutlivesItsWorker() throws Exception {
        String waiting = jobs.send(0);
        String behind = jobs.send(0);
        JobLoopConfig config =
                jobs.config().withAttempts(new Attempts(3, Duration.ofSeconds(2), Duration.ofSeconds(2)));
        Workers.Work work = (job, context) -> {
            if (job.jobId().equals(waiting) && context.attempt() == 1) {
                throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "The storage sleeps.");
            }
            return List.of(completed(job));
        };
        JobLoop<ScanArrived> first = start(config, work);
        awaitResult(behind);
        assertThat(first.stop(Duration.ZERO)).isTrue();
        start(config, work);
        awaitResult(waiting);
        assertThat(starts).containsExactly(waiting + " 1", behind + " 1", waiting + " 2");
        assertThat(jobs.results(waiting)).singleElement().isInstanceOf(SegmentationCompleted.class);
    }

    @Test
    void theStartsBeforeAWaitStillCount() throws Exception {
        ScanArrived tried = Jobs.scan("tried");
        ScanArrived killing = Jobs.scan("killing");
        jobs.sendWaiting(tried, jobs.topic(), new Prior(2, 1), Instant.now());
        jobs.sendWaiting(killing, jobs.topic(), new Prior(3, 3), Instant.now());
        start(jobs.config(), (job, context) -> {
            throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "The storage sleeps.");
        });
        awaitResult("tried");
        awaitResult("killing");
        assertThat(starts).containsExactly("tried 3");
        assertThat(jobs.results("killing"))
                .singleElement()
                .isInstanceOfSatisfying(SegmentationFailed.class, failed -> assertThat(failed.code())
                        .isEqualTo("ATTEMPTS_EXHAUSTED"));
        assertThat(jobs.deadLetters()).hasSize(2).allSatisfy(letter -> {
            assertThat(Jobs.header(letter, DeadLetterHeaders.ATTEMPTS)).isEqualTo("3");
            assertThat(Jobs.header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("7");
        });
    }

    @Test
    void aJobThatIsNotDueWaits() throws Exception {
        Instant due = Instant.now().plusSeconds(4);
        jobs.sendWaiting(Jobs.scan("later"), jobs.topic(), new Prior(1, 0), due);
        start(jobs.config(), (job, context) -> List.of(completed(job)));
        String now = jobs.send(0);
        awaitResult(now);
        awaitResult("later");
        assertThat(starts).containsExactly(now + " 1", "later 2");
        assertThat(Instant.now()).isAfterOrEqualTo(due);
    }

    @Test
    void whatWaitsForAnotherGroupIsLeftAlone() throws Exception {
        jobs.sendWaiting(Jobs.scan("foreign"), "another-group", new Prior(1, 0), Instant.now());
        jobs.sendWaiting(Jobs.scan("own"), jobs.topic(), new Prior(1, 0), Instant.now());
        start(jobs.config(), (job, context) -> List.of(completed(job)));
        awaitResult("own");
        String last = jobs.send(0);
        awaitResult(last);
        assertThat(starts).containsExactly("own 2", last + " 1");
    }

    @Test
    void whatTheWorkerLacksIsWaitedForWithTheJobInHandAndNotCounted() throws Exception {
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        String first = jobs.send(0);
        String second = jobs.send(0);
        JobLoop<ScanArrived> loop = start(jobs.config(), (job, context) -> {
            if (broken.get()) {
                throw new JobException(FailureCode.INPUT_ROOT_MISSING, "Mount it.");
            }
            return List.of(completed(job));
        });
        loop.health().listen(new LoopHealth.Listener() {
            @Override
            public void waits(Lack lack) {
                heard.add("waits for " + lack.code());
            }

            @Override
            public void goesOn(Lack lacked) {
                heard.add("goes on");
            }
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> starts.size() >= 5);
        assertThat(loop.health().lack()).hasValueSatisfying(lack -> {
            assertThat(lack.code()).isEqualTo(FailureCode.INPUT_ROOT_MISSING);
            assertThat(lack.message()).isEqualTo("Mount it.");
        });
        broken.set(false);
        awaitResult(second);
        assertThat(starts).allMatch(start -> start.endsWith(" 1")).last().isEqualTo(second + " 1");
        assertThat(jobs.results(first)).singleElement().isInstanceOf(SegmentationCompleted.class);
        assertThat(jobs.results(second)).singleElement().isInstanceOf(SegmentationCompleted.class);
        assertThat(jobs.deadLetters()).isEmpty();
        assertThat(loop.health().lack()).isEmpty();
        assertThat(heard).contains("waits for INPUT_ROOT_MISSING").last().isEqualTo("goes on");
    }

    @Test
    void aWaitForTheEnvironmentEndsWithAStopAndTheStartIsNotCounted() throws Exception {
        jobs.send(0);
        Backoff long1 = new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(1));
        JobLoop<ScanArrived> loop = start(
                jobs.config().withAttempts(Attempts.DEFAULT.withEnvironment(long1, Duration.ofHours(1))),
                (job, context) -> {
                    throw new JobException(FailureCode.MODEL_STORE_UNAVAILABLE, "Mount it.");
                });
        await().atMost(Duration.ofSeconds(30)).until(() -> loop.health().lack().isPresent());
        assertThat(loop.stop(Duration.ZERO)).isTrue();
        assertThat(jobs.committed(0)).isEqualTo(StartCount.of(0, 0));
    }

    @Test
    void afterItsPatienceAJobLetsTheNextOneTry() throws Exception {
        String needy = jobs.send(0);
        String other = jobs.send(0);
        Attempts impatient =
                new Attempts(3, SOON, SOON).withEnvironment(new Backoff(SOON, SOON), Duration.ofMillis(200));
        start(jobs.config().withAttempts(impatient), (job, context) -> {
            if (job.jobId().equals(needy) && broken.get()) {
                throw new JobException(FailureCode.HOST_UNREACHABLE, "Start the archive.");
            }
            return List.of(completed(job));
        });
        awaitResult(other);
        assertThat(jobs.results(needy)).isEmpty();
        broken.set(false);
        awaitResult(needy);
        assertThat(starts).allMatch(start -> start.endsWith(" 1"));
        assertThat(jobs.results(needy)).singleElement().isInstanceOf(SegmentationCompleted.class);
        assertThat(jobs.deadLetters()).isEmpty();
    }

    @Test
    void aJobThatWaitsForItsEnvironmentForTooLongFailsAndIsADeadLetter() throws Exception {
        String needy = jobs.send(0);
        Attempts bounded = new Attempts(3, SOON, SOON)
                .withEnvironment(new Backoff(SOON, SOON), Duration.ofMillis(200))
                .withLackLimit(Duration.ofSeconds(1));
        start(jobs.config().withAttempts(bounded), (job, context) -> {
            throw new JobException(FailureCode.HOST_UNREACHABLE, "Start the archive.");
        });
        awaitResult(needy);
        assertThat(starts).hasSizeGreaterThan(1).allMatch(start -> start.endsWith(" 1"));
        assertThat(jobs.results(needy))
                .singleElement()
                .isInstanceOfSatisfying(SegmentationFailed.class, failed -> assertThat(failed.code())
                        .isEqualTo("HOST_UNREACHABLE"));
        assertThat(jobs.deadLetters()).hasSize(1);
    }

    @Test
    void eachCauseHasLooksOfItsOwn() {
        LoopHealth health = new LoopHealth();
        Backoff slow = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(9));
        JobException unmounted = new JobException(FailureCode.INPUT_ROOT_MISSING, "Mount it.");
        JobException full = new JobException(FailureCode.STORAGE_FULL, "Make room.");
        for (int look = 1; look <= 4; look++) {
            health.waits(unmounted, slow);
        }
        health.waits(full, slow);
        assertThat(health.lack().orElseThrow().code()).isEqualTo(FailureCode.STORAGE_FULL);
        assertThat(health.lack().orElseThrow().looks()).isEqualTo(1);
        assertThat(health.waits(unmounted, slow)).isGreaterThan(Duration.ofSeconds(11));
        assertThat(health.lack().orElseThrow().looks()).isEqualTo(5);
        health.works();
        assertThat(health.lack()).isEmpty();
        assertThat(health.waits(unmounted, slow)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aJobThatRunsOutOfMemoryIsTriedOnceMoreWithLess() throws Exception {
        String id = jobs.send(0);
        start(jobs.config(), (job, context) -> {
            if (!context.degraded()) {
                throw new JobException(FailureCode.DEVICE_OUT_OF_MEMORY, "Too large.");
            }
            return List.of(completed(job));
        });
        awaitResult(id);
        assertThat(starts).containsExactly(id + " 1", id + " 2");
        assertThat(jobs.results(id)).singleElement().isInstanceOf(SegmentationCompleted.class);
    }

    @Test
    void aJobThatRunsOutOfMemoryTwiceFails() throws Exception {
        String id = jobs.send(0);
        start(jobs.config(), (job, context) -> {
            throw new OutOfMemoryError();
        });
        awaitResult(id);
        assertThat(starts).containsExactly(id + " 1", id + " 2");
        assertThat(jobs.results(id)).singleElement().isInstanceOfSatisfying(SegmentationFailed.class, failed -> {
            assertThat(failed.code()).isEqualTo("HEAP_OUT_OF_MEMORY");
            assertThat(failed.attempt()).isEqualTo(2);
        });
        assertThat(jobs.deadLetters()).hasSize(1);
    }

    private JobLoop<ScanArrived> start(JobLoopConfig config, Workers.Work work) {
        return workers.start(KAFKA.connection(), config, (job, context) -> {
            starts.add(job.jobId() + " " + context.attempt());
            return work.run(job, context);
        });
    }

    private void awaitResult(String jobId) {
        await().atMost(Duration.ofSeconds(40)).until(() -> !jobs.results(jobId).isEmpty());
    }
}
