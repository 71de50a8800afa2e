package io.deformux.messaging;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.PreparingHandler.Prepared;
import io.deformux.schemas.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one job after the other with one set of Kafka clients. For the loop's thread only. */
final class JobSession<J extends Event> {
    private static final Logger LOG = LoggerFactory.getLogger(JobSession.class);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    /** How long a cancelled job may take to notice before the worker leaves without it. */
    static final Duration CANCEL_LIMIT = Duration.ofSeconds(5);

    private final JobLoopConfig config;
    private final Class<J> jobType;
    private final JobHandler<J> handler;
    private final JobThread thread;
    private final StopSignal stop;
    private final EventRecords records;
    private final ResultPublisher publisher;
    private final ProgressPublisher progress;
    private final JobConsumer consumer;
    private final Lookahead<J> lookahead;
    private JobRun run;

    JobSession(
            JobLoopConfig config,
            Class<J> jobType,
            JobHandler<J> handler,
            EventRecords records,
            JobThread thread,
            StopSignal stop,
            JobConsumer consumer,
            ResultPublisher publisher,
            ProgressPublisher progress,
            Lookahead<J> lookahead) {
        this.config = config;
        this.jobType = jobType;
        this.handler = handler;
        this.records = records;
        this.thread = thread;
        this.stop = stop;
        this.consumer = consumer;
        this.publisher = publisher;
        this.progress = progress;
        this.lookahead = lookahead;
    }

    /** Works until a stop is asked for. The job's thread is free afterwards, unless the job does not notice its end. */
    void work() throws InterruptedException {
        try {
            while (!stop.isRequested()) {
                for (ConsumerRecord<byte[], byte[]> kafkaRecord : consumer.pollIdle()) {
                    work(new TakenJob(kafkaRecord));
                }
            }
        } finally {
            lookahead.discard();
            if (run != null && !run.isDone()) {
                run.cancel();
                run.awaitDone(CANCEL_LIMIT);
            }
        }
    }

    /** Works on a job and on those that it finds waiting behind. */
    private void work(TakenJob first) throws InterruptedException {
        Optional<TakenJob> taken = Optional.of(first);
        while (taken.isPresent()) {
            consumer.hold(taken.get());
            process(taken.get());
            consumer.release();
            taken = stop.isRequested() ? Optional.empty() : lookahead.take();
        }
    }

    private void process(TakenJob taken) throws InterruptedException {
        J job;
        try {
            job = read(taken.kafkaRecord());
        } catch (JobException e) {
            LOG.warn("{} goes to the dead letters: {} {}", taken, e.code(), e.getMessage());
            publish(taken, List.of(DeadLetters.copy(taken.kafkaRecord(), e)));
            return;
        }
        boolean begun = lookahead.hasBegun(taken);
        if (!begun && !whileOurs(taken, () -> consumer.readStarts(taken))) {
            return;
        }
        JobException failure = new JobException(
                FailureCode.ATTEMPTS_EXHAUSTED,
                "The job was started " + taken.starts() + " times and each time its worker died or lost it.");
        while (begun || taken.starts() < config.attempts().most()) {
            int attempt = taken.starts() + (begun ? 0 : 1);
            if (!begun && (stop.isRequested() || !whileOurs(taken, () -> consumer.commitStarts(taken, attempt)))) {
                return;
            }
            begun = false;
            LOG.info(
                    "Job {} begins, attempt {} of {}",
                    job.key(),
                    attempt,
                    config.attempts().most());
            if (!runs(taken, job)) {
                LOG.info("Job {} is given back", job.key());
                return;
            }
            try {
                boolean published = publish(taken, run.results());
                LOG.info("Job {} is {}", job.key(), published ? "done" : "no longer this worker's");
                return;
            } catch (JobException e) {
                LOG.warn(
                        "Job {} failed in attempt {}: {} {}",
                        job.key(),
                        attempt,
                        e.code(),
                        e.getMessage(),
                        e.code() == FailureCode.INTERNAL ? e.getCause() : null);
                failure = e;
            }
            if (!failure.code().retryable()) {
                break;
            }
            if (attempt < config.attempts().most()) {
                keepPolling(taken, config.attempts().delayBefore(attempt + 1));
            }
        }
        publish(taken, failureRecords(taken, job, failure));
    }

    /** Reads the event; {@link JobException} if it is not a job of this worker. */
    private J read(ConsumerRecord<byte[], byte[]> kafkaRecord) {
        Event event = records.read(kafkaRecord).event();
        if (!jobType.isInstance(event)) {
            throw new JobException(
                    FailureCode.EVENT_TYPE_UNKNOWN, "The type " + event.type() + " asks for nothing on this topic.");
        }
        return jobType.cast(event);
    }

    /** Runs one attempt; {@code false} if it was cancelled, because the job is lost or the worker has to stop. */
    private boolean runs(TakenJob taken, J job) throws InterruptedException {
        Optional<NextJob> begun = lookahead.takePreparation(taken);
        run = new JobRun(taken.starts(), work(job, begun));
        taken.setRunning(true);
        thread.start(run);
        while (!run.isDone()) {
            lookahead.poll(taken, next -> read(next.kafkaRecord()));
            if (taken.isLost() || stop.isDue()) {
                run.cancel();
            }
            if (stop.isDue() && !run.awaitDone(CANCEL_LIMIT)) {
                LOG.warn("Job {} does not notice that it is cancelled; leaves without it", job.key());
                break;
            }
            progress.report(run);
        }
        begun.ifPresent(NextJob::discard);
        taken.setRunning(false);
        if (!run.cancelled()) {
            progress.reportLast(run);
            return true;
        }
        if (!taken.isLost()) {
            consumer.tryUncountStart(taken);
        }
        return false;
    }

    private JobRun.Work work(J job, Optional<NextJob> begun) {
        if (begun.isEmpty()) {
            return context -> written(handler.handle(job, context));
        }
        return context -> {
            try (Prepared prepared = begun.get().await()) {
                return written(prepared.handle(context));
            }
        };
    }

    private List<ProducerRecord<byte[], byte[]>> written(List<Event> events) {
        return events.stream().map(records::write).toList();
    }

    /** The failed event; and a dead letter, unless trying again is pointless. */
    private List<ProducerRecord<byte[], byte[]>> failureRecords(TakenJob taken, J job, JobException failure) {
        List<ProducerRecord<byte[], byte[]>> made = new ArrayList<>();
        try {
            made.add(records.write(handler.failed(job, failure, taken.starts())));
        } catch (RuntimeException e) {
            LOG.error("Job {}: its failed event cannot be made; it goes to the dead letters only", job.key(), e);
        }
        if (made.isEmpty()
                || failure.code() == FailureCode.ATTEMPTS_EXHAUSTED
                || failure.code().retryable()) {
            made.add(DeadLetters.copy(taken.kafkaRecord(), failure));
        }
        return made;
    }

    /** Publishes the outcome; {@code false} if the job went to another worker before. */
    private boolean publish(TakenJob taken, List<ProducerRecord<byte[], byte[]>> outcome) {
        return whileOurs(taken, () -> publisher.publish(outcome, taken.partition(), taken.offset(), consumer.client()));
    }

    /**
     * Calls Kafka, again and again where it fails, as long as the job is ours and the grace time of a stop lasts: work of
     * hours is not given up because a broker restarts.
     *
     * @return whether a call succeeded
     */
    private boolean whileOurs(TakenJob taken, Runnable call) {
        while (!taken.isLost() && !stop.isDue()) {
            try {
                call.run();
                return true;
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException | IllegalStateException e) { // the latter: a client in an unexpected state
                Throwable reason = e.getCause() == null ? e : e.getCause();
                LOG.warn("{}: Kafka refuses, tries again while the job is this worker's: {}", taken, reason.toString());
                keepPolling(taken, RETRY_DELAY);
            }
        }
        return false;
    }

    /** Keeps the membership for a while, or until the job is lost or a stop asked for; polls at least once. */
    private void keepPolling(TakenJob taken, Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        do {
            consumer.poll();
        } while (System.nanoTime() - end < 0 && !taken.isLost() && !stop.isRequested());
    }
}
