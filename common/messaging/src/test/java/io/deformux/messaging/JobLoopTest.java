package io.deformux.messaging;

import static io.deformux.messaging.Jobs.completed;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.member.StartCount;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.schemas.DeadLetterHeaders;
import io.deformux.schemas.JobProgress;
import io.deformux.schemas.RetryHeaders;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.schemas.Topics;
import io.deformux.testing.server.KafkaFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class JobLoopTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private final Jobs jobs = new Jobs(KAFKA.connection(), 2);
    private final Workers workers = new Workers();

    @AfterEach
    void close() {
        workers.close();
        jobs.close();
    }

    @Test
    void publishesOneResultAndMovesOn() throws Exception {
        String first = jobs.send(0);
        String second = jobs.send(0);
        start((job, context) -> List.of(completed(job)));
        awaitResults(first);
        awaitResults(second);
        assertThat(jobs.results(first)).singleElement().isInstanceOf(SegmentationCompleted.class);
        assertThat(jobs.committed(0).offset()).isEqualTo(2);
        assertThat(jobs.deadLetters()).isEmpty();
    }

    @Test
    void triesARetryableFailureAgain() throws Exception {
        String id = jobs.send(0);
        List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
        start((job, context) -> {
            attempts.add(context.attempt());
            if (context.attempt() == 1) {
                throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "The storage sleeps.");
            }
            return List.of(completed(job));
        });
        awaitResults(id);
        assertThat(attempts).containsExactly(1, 2);
        assertThat(jobs.results(id)).singleElement().isInstanceOf(SegmentationCompleted.class);
    }

    @Test
    void givesUpAfterTheLastAttemptWithTheLastFailureAndADeadLetter() throws Exception {
        String id = jobs.send(0);
        start((job, context) -> {
            throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "The storage sleeps.");
        });
        awaitResults(id);
        SegmentationFailed failed = (SegmentationFailed) jobs.results(id).get(0);
        assertThat(failed.code()).isEqualTo("STORAGE_UNAVAILABLE");
        assertThat(failed.attempt()).isEqualTo(3);
        assertThat(jobs.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(Jobs.header(letter, DeadLetterHeaders.CODE)).isEqualTo("STORAGE_UNAVAILABLE");
            assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo(id);
            assertThat(Jobs.header(letter, "ce_type")).isEqualTo(ScanArrived.TYPE);
            assertThat(Jobs.header(letter, DeadLetterHeaders.ATTEMPTS)).isEqualTo("3");
            assertThat(Jobs.header(letter, DeadLetterHeaders.PARTITION)).isEqualTo("0");
            assertThat(Jobs.header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("0");
            assertThat(Jobs.header(letter, RetryHeaders.GROUP))
                    .describedAs("the original's headers alone")
                    .isNull();
        });
        assertThat(jobs.committed(0).offset()).isEqualTo(1);
    }

    @Test
    void doesNotTryAFatalFailureAgain() throws Exception {
        String bad = jobs.send(0);
        String good = jobs.send(0);
        start((job, context) -> {
            if (job.jobId().equals(bad)) {
                throw new JobException(FailureCode.DICOM_SERIES_MIXED, "Two series in the folder.");
            }
            return List.of(completed(job));
        });
        awaitResults(good);
        assertThat(jobs.results(bad)).singleElement().satisfies(event -> {
            SegmentationFailed failed = (SegmentationFailed) event;
            assertThat(failed.code()).isEqualTo("DICOM_SERIES_MIXED");
            assertThat(failed.attempt()).isEqualTo(1);
        });
        assertThat(jobs.deadLetters())
                .describedAs("the job can be sent again, once the folder is put right")
                .singleElement()
                .satisfies(letter ->
                        assertThat(Jobs.header(letter, DeadLetterHeaders.CODE)).isEqualTo("DICOM_SERIES_MIXED"));
    }

    @Test
    void makesInternalOfWhatNobodyUnderstandsAndKeepsItsTextToItself() throws Exception {
        String id = jobs.send(0);
        start((job, context) -> {
            throw new StackOverflowError("reading /scans/doe^jane.dcm");
        });
        awaitResults(id);
        SegmentationFailed failed = (SegmentationFailed) jobs.results(id).get(0);
        assertThat(failed.code()).isEqualTo("INTERNAL");
        assertThat(failed.message()).contains("StackOverflowError").doesNotContain("jane");
    }

    @Test
    void setsUnreadableRecordsAsideAndLivesOn() throws Exception {
        raw(record -> record);
        raw(record ->
                with(record, "ce_specversion", "1.0", "ce_id", "1", "ce_source", "/x", "ce_type", "com.example.x"));
        raw(record -> envelope(record, "io.deformux.scan.arrived.v9"));
        raw(record -> envelope(record, ScanArrived.TYPE));
        raw(record -> envelope(record, "not a uri", ScanArrived.TYPE));
        jobs.sendRaw(new ProducerRecord<>(jobs.topic(), 0, null, null));
        jobs.sendRaw(envelope(new ProducerRecord<>(jobs.topic(), 0, null, new byte[300_000]), ScanArrived.TYPE));
        jobs.sendRaw(envelope(new ProducerRecord<>(jobs.topic(), 0, null, new byte[1_000_000]), ScanArrived.TYPE));
        jobs.send(0, new SegmentationFailed("x", "fetch", "INTERNAL", "An answer, not a question.", true, 1));
        String good = jobs.send(0);

        start((job, context) -> List.of(completed(job)));
        awaitResults(good);

        List<ConsumerRecord<byte[], byte[]>> letters = jobs.deadLetters();
        assertThat(letters)
                .extracting(letter -> Jobs.header(letter, DeadLetterHeaders.CODE))
                .containsExactly(
                        "EVENT_INVALID",
                        "EVENT_TYPE_UNKNOWN",
                        "EVENT_VERSION_UNSUPPORTED",
                        "EVENT_INVALID",
                        "EVENT_INVALID",
                        "EVENT_INVALID",
                        "EVENT_INVALID",
                        "EVENT_INVALID",
                        "EVENT_TYPE_UNKNOWN");
        ConsumerRecord<byte[], byte[]> first = letters.get(0);
        assertThat(new String(first.value(), StandardCharsets.UTF_8)).isEqualTo("{\"jobId\":\"\"}");
        assertThat(Jobs.header(first, DeadLetterHeaders.PARTITION)).isEqualTo("0");
        assertThat(Jobs.header(first, DeadLetterHeaders.OFFSET)).isEqualTo("0");
        assertThat(Jobs.header(first, DeadLetterHeaders.MESSAGE)).isNotEmpty();
        assertThat(Jobs.header(first, DeadLetterHeaders.TIME)).endsWith("Z");
        assertThatArray(letters.get(6).value()).hasSize(300_000);
        assertThat(letters.get(7))
                .describedAs("too large for a copy beside its headers")
                .returns(null, ConsumerRecord::value);
        assertThat(jobs.committed(0).offset()).isEqualTo(10);
    }

    @Test
    void aJobThatKeepsKillingItsWorkersIsNotStartedAgain() throws Exception {
        String id = jobs.send(0);
        jobs.admin()
                .alterConsumerGroupOffsets(
                        jobs.topic(), Map.of(new TopicPartition(jobs.topic(), 0), StartCount.of(0, 3)))
                .all()
                .get();
        AtomicInteger starts = new AtomicInteger();
        start((job, context) -> {
            starts.incrementAndGet();
            return List.of(completed(job));
        });
        awaitResults(id);
        assertThat(starts).hasValue(0);
        SegmentationFailed failed = (SegmentationFailed) jobs.results(id).get(0);
        assertThat(failed.code()).isEqualTo("ATTEMPTS_EXHAUSTED");
        assertThat(failed.attempt()).isEqualTo(3);
        assertThat(jobs.deadLetters()).hasSize(1);
    }

    @Test
    void showsProgressDuringTheJob() throws Exception {
        String id = jobs.send(0);
        CountDownLatch seen = new CountDownLatch(1);
        try (EventReader reader = new EventReader(KAFKA.connection(), List.of(Topics.PROGRESS), EventReader.From.NOW)) {
            start((job, context) -> {
                for (int window = 1; window <= 1000; window++) {
                    context.progress(new JobProgress(id, "inference", window, 1000, "windows", Optional.empty()));
                }
                seen.await();
                return List.of(completed(job));
            });
            Optional<ReceivedEvent> progress =
                    reader.await(received -> received.event().key().equals(id), Duration.ofSeconds(20));
            assertThat(progress).hasValueSatisfying(received -> assertThat(((JobProgress) received.event()).done())
                    .isPositive());
            assertThat(jobs.results(id)).isEmpty();
        }
        seen.countDown();
        awaitResults(id);
    }

    @Test
    void aStopWaitsForTheRunningJob() throws Exception {
        String id = jobs.send(0);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        JobLoop<ScanArrived> loop = start((job, context) -> {
            running.countDown();
            mayEnd.await();
            return List.of(completed(job));
        });
        running.await();
        CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> stop(loop, Duration.ofSeconds(30)));
        assertThat(stopped).isNotDone();
        mayEnd.countDown();
        assertThat(stopped).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
        assertThat(jobs.results(id)).hasSize(1);
    }

    @Test
    void aStopWithoutGraceGivesTheJobBackUncounted() throws Exception {
        String id = jobs.send(0);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        JobLoop<ScanArrived> loop = start((job, context) -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
            return List.of();
        });
        running.await();
        assertThat(StartCount.read(jobs.committed(0), 0)).isEqualTo(1);
        assertThat(loop.stop(Duration.ZERO)).isTrue();
        assertThat(interrupted.getCount()).isZero();
        assertThat(jobs.committed(0)).isEqualTo(StartCount.of(0, 0));
        assertThat(jobs.results(id)).isEmpty();

        AtomicInteger attempt = new AtomicInteger();
        long begin = System.nanoTime();
        start((job, context) -> {
            attempt.set(context.attempt());
            return List.of(completed(job));
        });
        awaitResults(id);
        assertThat(attempt).hasValue(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .describedAs("the other has left the group, nobody waits for its session to end")
                .isLessThan(jobs.config().sessionTimeout());
    }

    @Test
    void twoWorkersShareTheJobs() throws Exception {
        CyclicBarrier bothRun = new CyclicBarrier(2);
        Workers.Work work = (job, context) -> {
            bothRun.await(30, TimeUnit.SECONDS);
            return List.of(completed(job));
        };
        start(work);
        start(work);
        String one = jobs.send(0);
        String two = jobs.send(1);
        awaitResults(one);
        awaitResults(two);
        assertThat(jobs.results(one)).hasSize(1);
        assertThat(jobs.results(two)).hasSize(1);
    }

    @Test
    void aRunningJobStaysWhenWorkersJoin() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        CountDownLatch bothRun = new CountDownLatch(2);
        List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
        Workers.Work work = (job, context) -> {
            attempts.add(context.attempt());
            bothRun.countDown();
            mayEnd.await();
            return List.of(completed(job));
        };
        // Alone, the first worker has both partitions; whichever it works on, the second must get the other one.
        start(work);
        String one = jobs.send(0);
        String two = jobs.send(1);
        await().until(() -> attempts.size() == 1);
        start(work);
        assertThat(bothRun.await(30, TimeUnit.SECONDS)).isTrue();
        mayEnd.countDown();
        awaitResults(one);
        awaitResults(two);
        assertThat(attempts).containsExactly(1, 1);
        assertThat(jobs.results(one)).hasSize(1);
        assertThat(jobs.results(two)).hasSize(1);
    }

    @Test
    void aJobThatIsTakenAwayIsCancelledAndPublishesNothing() throws Exception {
        String id = jobs.send(0);
        CountDownLatch running = new CountDownLatch(1);
        List<Boolean> cancelled = Collections.synchronizedList(new ArrayList<>());
        start((job, context) -> {
            if (context.attempt() == 1) {
                running.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    cancelled.add(context.cancelled());
                    return List.of(completed(job)); // too late: nobody may see it
                }
            }
            return List.of(Jobs.failed(job, new JobException(FailureCode.INTERNAL, "second"), context.attempt()));
        });
        running.await();
        jobs.admin()
                .removeMembersFromConsumerGroup(jobs.topic(), new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
        awaitResults(id);
        assertThat(cancelled).containsExactly(true);
        assertThat(jobs.results(id))
                .singleElement()
                .isInstanceOfSatisfying(SegmentationFailed.class, failed -> assertThat(failed.attempt())
                        .isEqualTo(2));
    }

    @Test
    void anInterruptStopsTheLoop() throws Exception {
        JobLoop<ScanArrived> loop = new JobLoop<>(
                KAFKA.connection(), jobs.config(), ScanArrived.class, Workers.handler((job, context) -> List.of()));
        Thread thread = new Thread(loop);
        thread.start();
        thread.interrupt();
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void aJobWhoseFailureCannotBeToldIsADeadLetterAndNothingMore() throws Exception {
        String bad = jobs.send(0);
        String good = jobs.send(0);
        start((job, context) -> {
            if (job.jobId().equals(bad)) {
                throw new JobException(FailureCode.INPUT_NOT_FOUND, ""); // the schema wants a message
            }
            return List.of(completed(job));
        });
        awaitResults(good);
        assertThat(jobs.results(bad)).isEmpty();
        assertThat(jobs.deadLetters()).hasSize(1);
    }

    private JobLoop<ScanArrived> start(Workers.Work work) {
        return workers.start(KAFKA.connection(), jobs.config(), work);
    }

    private static boolean stop(JobLoop<ScanArrived> loop, Duration grace) {
        try {
            return loop.stop(grace);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitResults(String jobId) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !jobs.results(jobId).isEmpty());
    }

    private void raw(UnaryOperator<ProducerRecord<byte[], byte[]>> change) throws Exception {
        byte[] value = "{\"jobId\":\"\"}".getBytes(StandardCharsets.UTF_8);
        jobs.sendRaw(change.apply(new ProducerRecord<>(jobs.topic(), 0, null, value)));
    }

    private static ProducerRecord<byte[], byte[]> envelope(ProducerRecord<byte[], byte[]> record, String type) {
        return envelope(record, "/test", type);
    }

    private static ProducerRecord<byte[], byte[]> envelope(
            ProducerRecord<byte[], byte[]> record, String source, String type) {
        return with(
                record,
                "ce_specversion",
                "1.0",
                "ce_id",
                "1",
                "ce_source",
                source,
                "ce_type",
                type,
                "content-type",
                "application/json");
    }

    private static ProducerRecord<byte[], byte[]> with(ProducerRecord<byte[], byte[]> record, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            record.headers().add(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return record;
    }
}
