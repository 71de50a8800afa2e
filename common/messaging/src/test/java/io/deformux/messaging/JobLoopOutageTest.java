package io.deformux.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.deformux.broker.EmbeddedBroker;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.TopicSetup;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.job.JobObserver;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.Topics;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(90)
class JobLoopOutageTest {
    @Test
    void aLoopThatIsStartedBeforeKafkaBeginsWhenKafkaIsThere(@TempDir Path directory) throws Exception {
        Logger clients = (Logger) LoggerFactory.getLogger("org.apache.kafka.clients");
        clients.setLevel(Level.ERROR);
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (Workers workers = new Workers()) {
            JobLoopConfig config = Jobs.config(Topics.SCAN_ARRIVED);
            JobLoop<ScanArrived> loop = workers.start(
                    KafkaConnection.of("127.0.0.1:" + port), config, (job, context) -> List.of(Jobs.completed(job)));
            try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
                KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers());
                TopicSetup.create(connection, TopicSetup.topics());
                try (EventPublisher publisher = new EventPublisher(connection, Jobs.SOURCE);
                        EventReader reader = new EventReader(
                                connection, List.of(Topics.SEGMENTATION_RESULT), EventReader.From.NOW)) {
                    publisher.publish(Jobs.scan("early"));
                    assertThat(reader.await(any -> true, Duration.ofSeconds(40)))
                            .isPresent();
                }
                loop.stop(Duration.ZERO);
            }
        } finally {
            clients.setLevel(null);
        }
    }

    @Test
    void aMemberThatHasToGoInTheMiddleOfAJobCostsTheJobNoStart(@TempDir Path directory) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory)) {
            KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers());
            TopicSetup.create(connection, TopicSetup.topics());
            try (Jobs jobs = new Jobs(connection, 1);
                    Workers workers = new Workers()) {
                String id = jobs.send(0);
                AtomicReference<Consumer<?, ?>> member = new AtomicReference<>();
                JobObserver observer = new JobObserver() {
                    @Override
                    public Watched opened(Consumer<?, ?> client) {
                        member.set(client);
                        return Watched.NONE;
                    }
                };
                List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
                CountDownLatch cancelled = new CountDownLatch(1);
                JobLoopConfig config = jobs.config()
                        .withAttempts(new Attempts(1, Duration.ofMillis(20), Duration.ofMillis(50)).withCrashes(1));
                workers.start(
                        connection,
                        config,
                        Workers.handler((job, context) -> {
                            attempts.add(context.attempt());
                            if (attempts.size() == 1) {
                                member.get()
                                        .wakeup(); // ends the member's poll by an exception, as a clock that was set
                                // back does
                                await().atMost(Duration.ofSeconds(40)).until(context::cancelled);
                                cancelled.countDown();
                                context.requireOwned();
                            }
                            return List.of(Jobs.completed(job));
                        }),
                        observer);
                await().atMost(Duration.ofSeconds(40))
                        .until(() -> !jobs.results(id).isEmpty());
                assertThat(cancelled.getCount())
                        .as("the first member had to go")
                        .isZero();
                assertThat(jobs.results(id)).singleElement().isInstanceOf(SegmentationCompleted.class);
                assertThat(attempts).containsExactly(1, 1);
            }
        }
    }

    @Test
    void aJobThatIsCutOffFromKafkaStopsByItsOwnClockAndGoesOnWhenItIsStillItsWorkers(@TempDir Path directory)
            throws Exception {
        Logger clients = (Logger) LoggerFactory.getLogger("org.apache.kafka.clients");
        clients.setLevel(Level.ERROR); // they warn of every lost connection
        EmbeddedBroker broker = EmbeddedBroker.start(directory);
        KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers());
        TopicSetup.create(connection, TopicSetup.topics());
        try (Jobs jobs = new Jobs(connection, 2);
                Workers workers = new Workers()) {
            String id = jobs.send(0);
            CountDownLatch mayEnd = new CountDownLatch(1);
            AtomicLong begun = new AtomicLong();
            AtomicLong lastStep = new AtomicLong();
            List<Integer> attempts = Collections.synchronizedList(new ArrayList<>());
            Duration session = jobs.config().sessionTimeout();
            workers.start(connection, jobs.config(), (job, context) -> {
                attempts.add(context.attempt());
                begun.set(System.nanoTime());
                do {
                    context.requireOwned();
                    lastStep.set(System.nanoTime());
                } while (!mayEnd.await(5, TimeUnit.MILLISECONDS));
                return List.of(Jobs.completed(job));
            });
            // Longer than any lease, so that heartbeats have renewed it.
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> begun.get() != 0 && lastStep.get() - begun.get() > session.toNanos());

            broker.close();
            long away = System.nanoTime();
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> System.nanoTime() - lastStep.get()
                            > Duration.ofSeconds(1).toNanos());
            assertThat(lastStep.get() - away).isLessThan(session.toNanos());

            broker = EmbeddedBroker.start(directory, broker.port());
            long back = System.nanoTime();
            await().atMost(Duration.ofSeconds(40)).until(() -> lastStep.get() > back);
            mayEnd.countDown();
            await().atMost(Duration.ofSeconds(40)).until(() -> !jobs.results(id).isEmpty());
            assertThat(jobs.results(id)).hasSize(1);
            assertThat(attempts).containsExactly(1);
        } finally {
            broker.close();
            clients.setLevel(null);
        }
    }

    @Test
    void aJobThatEndsWhileKafkaIsAwayIsPublishedOnceWhenItIsBack(@TempDir Path directory) throws Exception {
        Logger clients = (Logger) LoggerFactory.getLogger("org.apache.kafka.clients");
        clients.setLevel(Level.ERROR); // they warn of every lost connection
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        Logger calls = (Logger) LoggerFactory.getLogger(KafkaCalls.class);
        calls.addAppender(log);
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
            // Away for longer than the producer tries by itself.
            await().atMost(Duration.ofSeconds(20)).until(() -> log.list.stream()
                    .anyMatch(line -> line.getFormattedMessage().contains("tries again")));
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
            calls.detachAppender(log);
        }
    }
}
