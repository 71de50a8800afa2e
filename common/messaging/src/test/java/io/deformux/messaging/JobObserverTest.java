package io.deformux.messaging;

import static io.deformux.messaging.Jobs.completed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.job.JobContext;
import io.deformux.messaging.job.JobEnd;
import io.deformux.messaging.job.JobEnd.Outcome;
import io.deformux.messaging.job.JobHandler;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.JobStart;
import io.deformux.messaging.record.EventRecords;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.messaging.record.TraceContext;
import io.deformux.schemas.Event;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.Topics;
import io.deformux.testing.server.KafkaFixture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

/** Who observes a loop hears each start and its end, and cannot harm a job. */
@Timeout(60)
class JobObserverTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final TraceContext CAME =
            new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private final Jobs jobs = new Jobs(KAFKA.connection(), 2);
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Optional<JobLoop<ScanArrived>> loop = Optional.empty();

    @AfterEach
    void close() throws InterruptedException {
        if (loop.isPresent()) {
            assertThat(loop.get().stop(Duration.ZERO)).isTrue();
        }
        jobs.close();
    }

    @Test
    void eachStartIsHeardAndHowItEnded() throws Exception {
        start(new Heard(), (job, context) -> {
            if (context.attempt() == 1) {
                throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "Not now.");
            }
            return List.of(completed(job));
        });
        jobs.send(0);

        await().atMost(SOON).untilAsserted(() -> assertThat(heard)
                .contains("1 RETRIED STORAGE_UNAVAILABLE", "2 COMPLETED none")
                .anyMatch(line -> line.startsWith("opened")));
        assertThat(heard).filteredOn(line -> line.startsWith("begins")).containsExactly("begins 1", "begins 2");
    }

    @Test
    void aRecordThatIsNoJobIsHeardByItsCode() throws Exception {
        start(new Heard(), (job, context) -> List.of(completed(job)));
        jobs.sendRaw(new ProducerRecord<>(jobs.topic(), "no event".getBytes(StandardCharsets.UTF_8)));

        await().atMost(SOON).untilAsserted(() -> assertThat(heard).contains("refused EVENT_INVALID"));
    }

    @Test
    void anObserverThatThrowsChangesNothing() throws Exception {
        JobObserver broken = new JobObserver() {
            @Override
            public Optional<TraceContext> begins(JobStart start) {
                throw new IllegalStateException("begins");
            }

            @Override
            public void ends(JobStart start, JobEnd end) {
                throw new NoClassDefFoundError("ends");
            }

            @Override
            public Watched opened(Consumer<?, ?> client) {
                throw new IllegalStateException("opened");
            }
        };
        start(broken, (job, context) -> List.of(completed(job)));
        String first = jobs.send(0);
        String second = jobs.send(0);

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(jobs.results(first)).hasSize(1);
            assertThat(jobs.results(second)).hasSize(1);
        });
    }

    @Test
    void theResultAndTheLogBelongToTheTraceOfTheJob() throws Exception {
        start(JobObserver.NONE, (job, context) -> {
            heard.add(String.valueOf(MDC.get("trace")));
            return List.of(completed(job));
        });
        try (EventReader reader =
                new EventReader(KAFKA.connection(), List.of(Topics.SEGMENTATION_RESULT), EventReader.From.NOW)) {
            ProducerRecord<byte[], byte[]> written =
                    new EventRecords(Jobs.SOURCE, 1 << 20).write(Jobs.scan("traced-" + jobs.topic()));
            jobs.sendRaw(CAME.on(
                    new ProducerRecord<>(jobs.topic(), null, written.key(), written.value(), written.headers())));

            Optional<ReceivedEvent> result =
                    reader.await(received -> received.event().key().equals("traced-" + jobs.topic()), SOON);

            assertThat(result.orElseThrow().envelope().getExtension("traceparent"))
                    .isEqualTo(CAME.parent());
            assertThat(heard).containsExactly(CAME.traceId());
        }
    }

    @Test
    void aJobThatGivesNoSignIsSilentAndTheLoopIsNot() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        start(JobObserver.NONE, (job, context) -> {
            end.await();
            return List.of(completed(job));
        });
        jobs.send(0);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(loop.orElseThrow().health().jobSilence())
                        .hasValueSatisfying(silence -> assertThat(silence).isGreaterThan(Duration.ofSeconds(1))));
        assertThat(loop.orElseThrow().health().silence()).isLessThan(Duration.ofSeconds(30));
        end.countDown();
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(loop.orElseThrow().health().jobSilence()).isEmpty());
    }

    private interface Work {
        List<Event> of(ScanArrived job, JobContext context) throws Exception;
    }

    private void start(JobObserver observer, Work work) {
        JobHandler<ScanArrived> handler = new JobHandler<>() {
            @Override
            public List<Event> handle(ScanArrived job, JobContext context) throws Exception {
                return work.of(job, context);
            }

            @Override
            public Event failed(ScanArrived job, JobException cause, int attempt) {
                return Jobs.failed(job, cause, attempt);
            }
        };
        loop = Optional.of(new JobLoop<>(KAFKA.connection(), jobs.config(), ScanArrived.class, handler, observer));
        new Thread(loop.get(), "observed-loop").start();
    }

    private final class Heard implements JobObserver {
        @Override
        public Optional<TraceContext> begins(JobStart start) {
            heard.add("begins " + start.attempt());
            return start.trace();
        }

        @Override
        public void ends(JobStart start, JobEnd end) {
            Outcome outcome = end.outcome();
            heard.add(start.attempt() + " " + outcome + " "
                    + end.code().map(FailureCode::name).orElse("none"));
        }

        @Override
        public void refused(String topic, FailureCode code) {
            heard.add("refused " + code);
        }

        @Override
        public Watched opened(Consumer<?, ?> client) {
            heard.add("opened " + client.getClass().getSimpleName());
            return Watched.NONE;
        }
    }
}
