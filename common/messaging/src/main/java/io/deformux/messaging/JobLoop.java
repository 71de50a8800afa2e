package io.deformux.messaging;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.cluster.Outage;
import io.deformux.messaging.cluster.Refusal;
import io.deformux.messaging.job.JobHandler;
import io.deformux.messaging.job.JobLoopConfig;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.LoopHealth;
import io.deformux.messaging.member.JobConsumer;
import io.deformux.messaging.member.UncountedStarts;
import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.Event;
import io.deformux.schemas.Topics;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs from a Kafka topic, one at a time, and publishes what comes of them. See the package documentation for what
 * it promises.
 *
 * <p>{@link #run()} belongs on a thread of its own and ends only after {@link #stop}; jobs run on another thread. After
 * a failure of Kafka or of the connection that the clients do not overcome by themselves, the loop makes new clients and
 * goes on.
 *
 * @param <J> the event that asks for a job
 */
public final class JobLoop<J extends Event> implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JobLoop.class);
    /** A result has a file for each of 255 classes, of several roles; brokers take 1 MiB, headers included, unless told. */
    private static final int MOST_RESULT_BYTES = 1_000_000;

    private static final Duration FAULT_DELAY = Duration.ofSeconds(2);
    /** A stop's time beyond its grace: a job that must notice, then Kafka clients to close. */
    private static final Duration LEAVE_LIMIT =
            AttemptRunner.CANCEL_LIMIT.multipliedBy(2).plusSeconds(10);

    private final KafkaConnection connection;
    private final JobLoopConfig config;
    private final JobObserver observer;
    private final EventRecords records;
    private final JobKind<J> kind;
    private final StopSignal stop = new StopSignal();
    private final LoopHealth health = new LoopHealth();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CancelRequests cancels;
    private final Outage outage = new Outage(LOG);
    private final UncountedStarts uncounted = new UncountedStarts();

    /** A loop that nobody observes, not yet running. */
    public JobLoop(KafkaConnection connection, JobLoopConfig config, Class<J> jobType, JobHandler<J> handler) {
        this(connection, config, jobType, handler, JobObserver.NONE);
    }

    /** A loop, not yet running, that {@code observer} hears of. */
    public JobLoop(
            KafkaConnection connection,
            JobLoopConfig config,
            Class<J> jobType,
            JobHandler<J> handler,
            JobObserver observer) {
        this.connection = Objects.requireNonNull(connection, "connection");
        this.config = Objects.requireNonNull(config, "config");
        this.observer = new SafeObserver(observer);
        cancels = new CancelRequests(connection, config.limits().lastResort());
        records = new EventRecords(config.source(), config.maxEventBytes(), MOST_RESULT_BYTES);
        kind = new JobKind<>(
                Objects.requireNonNull(jobType, "jobType"), Objects.requireNonNull(handler, "handler"), records);
    }

    /** Works until {@link #stop} or an interrupt, which stops without grace. Once only. */
    @Override
    public void run() {
        if (begun.getAndSet(true)) {
            throw new IllegalStateException("A job loop runs once");
        }
        try (cancels;
                JobThread thread = new JobThread("deformux-job");
                JobThread preparing = new JobThread("deformux-prepare")) {
            cancels.start();
            while (!stop.isRequested()) {
                runSession(thread, preparing);
            }
        } catch (Error e) {
            LOG.error("The job loop cannot go on after an error", e);
            config.limits().lastResort().broken(e);
            throw e;
        } finally {
            ended.countDown();
        }
    }

    private void runSession(JobThread thread, JobThread preparing) {
        health.beats();
        try (JobConsumer consumer = new JobConsumer(connection, config, uncounted);
                JobObserver.Watched watched = observer.opened(consumer.client());
                ResultPublisher publisher = new ResultPublisher(connection, config, observer);
                ProgressPublisher progress = new ProgressPublisher(connection, records, config.progressInterval())) {
            consumer.requireTopic();
            Lookahead<J> lookahead = new Lookahead<>(kind, config.prepareNext(), consumer, preparing);
            JobSteps<J> steps = new JobSteps<>(
                    kind,
                    config.attempts(),
                    new AttemptRunner(thread, stop, consumer, progress, lookahead, config.limits(), health),
                    new KafkaCalls(connection, consumer, publisher, stop, health),
                    health,
                    cancels,
                    observer);
            new JobSession<>(stop, consumer, lookahead, steps, health).work();
        } catch (InterruptedException | InterruptException e) {
            stop.request(Duration.ZERO);
        } catch (StuckJobException e) {
            stop.request(Duration.ZERO);
            config.limits().lastResort().stuck();
        } catch (LostDeviceException e) {
            stop.request(Duration.ZERO);
            config.limits().lastResort().deviceLost();
        } catch (KafkaException e) {
            pause(outage.refused("Kafka at " + connection, Refusal.of(e, this::needed)));
        } catch (RuntimeException e) {
            LOG.error("The job loop has a fault, connects again", e);
            pause(FAULT_DELAY);
        }
    }

    private AclOperation needed(String name) {
        String topic = connection.topics().contract(name);
        return topic.equals(config.topic())
                        || config.urgent().filter(topic::equals).isPresent()
                        || Topics.isRetry(topic)
                ? AclOperation.READ
                : AclOperation.WRITE;
    }

    private void pause(Duration wait) {
        try {
            stop.pause(wait);
        } catch (InterruptedException e) {
            stop.request(Duration.ZERO);
        }
    }

    /** Whether it works, or waits for what its worker lacks. */
    public LoopHealth health() {
        return health;
    }

    /**
     * Stops the loop and waits until it has left the group, so that another worker takes over at once.
     *
     * <p>No further job is begun. A running job may come to its end within {@code grace}; then it is cancelled and given
     * back, and this start does not count as an attempt.
     *
     * @return whether the loop has ended; {@code false} if the job did not notice that it was cancelled or Kafka did not
     *     answer, within some seconds after the grace time
     */
    public boolean stop(Duration grace) throws InterruptedException {
        stop.request(grace);
        return !begun.get() || ended.await(grace.plus(LEAVE_LIMIT).toMillis(), TimeUnit.MILLISECONDS);
    }
}
