package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.job.JobContext;
import io.deformux.messaging.job.PreparingHandler;
import io.deformux.messaging.member.StartCount;
import io.deformux.schemas.Event;
import io.deformux.schemas.ScanArrived;
import io.deformux.testing.server.KafkaFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** What an operator finds in the log of a job. */
@Timeout(60)
class JobLogTest {
    @RegisterExtension
    static final KafkaFixture<KafkaConnection> KAFKA = new KafkaFixture<>(KafkaConnection::of, TopicSetup::create);

    private final Logger logger = (Logger) LoggerFactory.getLogger(JobLogTest.class.getPackageName());
    private final Lines log = new Lines();
    private final Jobs jobs = new Jobs(KAFKA.connection(), 2);
    private final Workers workers = new Workers();

    /** Keeps all lines, with the context of the thread that wrote them. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final List<ILoggingEvent> all = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent line) {
            line.prepareForDeferredProcessing();
            all.add(line);
        }

        ILoggingEvent only(String text) {
            List<ILoggingEvent> found = all.stream()
                    .filter(line -> line.getFormattedMessage().contains(text))
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        workers.close();
        jobs.close();
        logger.detachAppender(log);
    }

    @Test
    void aFaultIsLoggedWithItsStackTraceAndItsJob() throws Exception {
        String id = jobs.send(0);
        workers.start(KAFKA.connection(), jobs.config(), (job, context) -> {
            if (context.attempt() == 1) {
                throw new IllegalStateException("nobody thought of this");
            }
            return List.of(Jobs.completed(job));
        });
        awaitResult(id);
        ILoggingEvent line = log.only("INTERNAL");
        assertThat(line.getLevel()).isEqualTo(Level.ERROR);
        assertThat(line.getThrowableProxy().getCause().getMessage()).isEqualTo("nobody thought of this");
        assertThat(line.getMDCPropertyMap()).containsEntry("job", id);
    }

    @Test
    void aFailureThatIsUnderstoodIsLoggedWithoutAStackTrace() throws Exception {
        String id = jobs.send(0);
        workers.start(KAFKA.connection(), jobs.config(), (job, context) -> {
            throw new JobException(FailureCode.INPUT_NOT_FOUND, "Nothing is there.", new IllegalStateException());
        });
        awaitResult(id);
        ILoggingEvent line = log.only("INPUT_NOT_FOUND Nothing is there.");
        assertThat(line.getLevel()).isEqualTo(Level.WARN);
        assertThat(line.getThrowableProxy()).isNull();
        assertThat(line.getMDCPropertyMap()).containsEntry("job", id);
    }

    @Test
    void aJobThatIsGivenUpBecauseItsWorkersDiedIsLogged() throws Exception {
        String id = jobs.send(0);
        jobs.admin()
                .alterConsumerGroupOffsets(
                        jobs.topic(), Map.of(new TopicPartition(jobs.topic(), 0), StartCount.of(0, 3)))
                .all()
                .get();
        workers.start(KAFKA.connection(), jobs.config(), (job, context) -> List.of(Jobs.completed(job)));
        awaitResult(id);
        ILoggingEvent line = log.only("ATTEMPTS_EXHAUSTED");
        assertThat(line.getLevel()).isEqualTo(Level.WARN);
        assertThat(line.getFormattedMessage())
                .startsWith("Is not started again")
                .contains("lost it: 3,");
        assertThat(line.getMDCPropertyMap()).containsEntry("job", id);
    }

    @Test
    void theLinesOfEveryThreadNameTheJobThatTheyAreAbout() throws Exception {
        String a = jobs.send(0);
        String b = jobs.send(1);
        CountDownLatch bothBegun = new CountDownLatch(2);
        workers.start(KAFKA.connection(), jobs.config(), new PreparingHandler<>() {
            @Override
            public Prepared prepare(ScanArrived job) {
                logger.info("prepares {}", job.jobId());
                bothBegun.countDown();
                return new Prepared() {
                    @Override
                    public List<Event> handle(JobContext context) throws Exception {
                        logger.info("handles {}", job.jobId());
                        bothBegun.await();
                        return List.of(Jobs.completed(job));
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public Event failed(ScanArrived job, JobException cause, int attempt) {
                return Jobs.failed(job, cause, attempt);
            }
        });
        awaitResult(a);
        awaitResult(b);
        for (String id : List.of(a, b)) {
            assertThat(log.only("prepares " + id).getMDCPropertyMap()).containsEntry("job", id);
            assertThat(log.only("handles " + id).getMDCPropertyMap()).containsEntry("job", id);
        }
        assertThat(log.all)
                .filteredOn(line -> line.getFormattedMessage().startsWith("Begins"))
                .extracting(line -> line.getMDCPropertyMap().get("job"))
                .containsExactlyInAnyOrder(a, b);
        assertThat(log.only("Is prepared meanwhile").getMDCPropertyMap().get("job"))
                .isNotEqualTo(log.all.stream()
                        .filter(line -> line.getFormattedMessage().startsWith("Begins"))
                        .findFirst()
                        .orElseThrow()
                        .getMDCPropertyMap()
                        .get("job"));
    }

    @Test
    void afterAJobALineIsAboutWhatItWasAboutBefore() {
        assertThat(LoggedJob.current()).isEmpty();
        try (LoggedJob running = LoggedJob.of("running")) {
            try (LoggedJob next = LoggedJob.of("next")) {
                assertThat(LoggedJob.current()).hasValue("next");
            }
            assertThat(LoggedJob.current()).hasValue("running");
        }
        assertThat(LoggedJob.current()).isEmpty();
    }

    @Test
    void aThreadForgetsTheJobThatItHasDone() throws Exception {
        List<Optional<String>> seen = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(2);
        Runnable look = () -> {
            seen.add(LoggedJob.current());
            done.countDown();
        };
        try (JobThread thread = new JobThread("test-job")) {
            try (LoggedJob logged = LoggedJob.of("one")) {
                thread.start(look);
            }
            thread.start(look);
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(seen).containsExactly(Optional.of("one"), Optional.empty());
    }

    private void awaitResult(String jobId) {
        await().atMost(Duration.ofSeconds(30)).until(() -> !jobs.results(jobId).isEmpty());
    }
}
