package io.deformux.results.state;

import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.Backoff;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.deadletter.DeadLetterFeed;
import io.deformux.messaging.event.EventReader;
import io.deformux.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is on the topics to {@link KnownResults}, from the beginning of each and then as it comes, on two threads of its
 * own. While Kafka does not answer, it begins again, ever more rarely; what is known stays.
 */
public final class TopicReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);

    private static final List<String> EVENTS =
            List.of(Topics.SEGMENTATION_RESULT, Topics.TRAINING_RESULT, Topics.MODEL_PUBLISHED, Topics.PROGRESS);

    private static final Duration STEP = Duration.ofMillis(200);
    private static final Backoff WAITS = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Thread> threads;

    private TopicReader(KafkaConnection kafka, KnownResults results) {
        threads = List.of(
                new Thread(() -> again(() -> events(kafka, results)), "results-events"),
                new Thread(() -> again(() -> deadLetters(kafka, results)), "results-dead-letters"));
    }

    /** Starts to read. */
    public static TopicReader start(KafkaConnection kafka, KnownResults results) {
        TopicReader reader = new TopicReader(kafka, results);
        reader.threads.forEach(Thread::start);
        return reader;
    }

    /** Whether both threads still read, or wait to. */
    public boolean isAlive() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    private void events(KafkaConnection kafka, KnownResults results) {
        try (EventReader reader = new EventReader(kafka, EVENTS, EventReader.From.EARLIEST)) {
            while (isOpen()) {
                reader.read(STEP).forEach(results::apply);
            }
        }
    }

    private void deadLetters(KafkaConnection kafka, KnownResults results) {
        try (DeadLetterFeed feed = new DeadLetterFeed(kafka)) {
            while (isOpen()) {
                feed.read(STEP).forEach(results::apply);
            }
        }
    }

    private void again(Runnable read) {
        int tries = 0;
        while (isOpen()) {
            try {
                read.run();
            } catch (JobException e) {
                tries++;
                LOG.warn("{}: {}", e.code(), e.getMessage());
                pause(WAITS.delay(tries));
            }
        }
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void pause(Duration time) {
        try {
            closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    /** Ends both threads, within seconds. */
    @Override
    public void close() {
        closing.countDown();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
