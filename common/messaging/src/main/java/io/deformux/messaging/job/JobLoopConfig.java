package io.deformux.messaging.job;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The settings of a job loop. Start from {@link #of} and change what differs.
 *
 * @param topic the topic that the jobs are on
 * @param group the Kafka consumer group: workers of one group share the jobs. Also the prefix of the transactional ids,
 *     as an ACL needs it
 * @param source the CloudEvents {@code source} of what this worker publishes
 * @param attempts how often a job is tried, and the waits in between
 * @param progressInterval shortest time between two progress events of a job; events that come faster replace each other
 * @param maxEventBytes a record with a larger value is not read but goes to the dead letters; results may be larger
 * @param sessionTimeout silence after which the group gives this worker's jobs to others: the time to take over from a
 *     killed worker. Kafka brokers accept no less than 6 s by default
 * @param transactionTimeout how long a worker that dies while it publishes can hold up the readers of results
 * @param prepareNext whether a {@link PreparingHandler} prepares the next job while one runs
 * @param limits how long a job may take
 * @param urgent the topic of jobs that go first, if there is one
 */
public record JobLoopConfig(
        String topic,
        String group,
        URI source,
        Attempts attempts,
        Duration progressInterval,
        int maxEventBytes,
        Duration sessionTimeout,
        Duration transactionTimeout,
        boolean prepareNext,
        JobLimits limits,
        Optional<String> urgent) {

    /** Checked settings. */
    public JobLoopConfig {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(attempts, "attempts");
        Objects.requireNonNull(progressInterval, "progressInterval");
        Objects.requireNonNull(sessionTimeout, "sessionTimeout");
        Objects.requireNonNull(transactionTimeout, "transactionTimeout");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(urgent, "urgent");
        if (maxEventBytes < 1) {
            throw new IllegalArgumentException("maxEventBytes must be 1 or more, not " + maxEventBytes);
        }
    }

    /**
     * The defaults: {@link Attempts#DEFAULT}; a progress event per second; events up to 256 KiB; 6 s
     * to take over; 10 s to give up a transaction; the next job is prepared; {@link JobLimits#DEFAULT}; no job goes first.
     */
    public static JobLoopConfig of(String topic, String group, URI source) {
        return new JobLoopConfig(
                topic,
                group,
                source,
                Attempts.DEFAULT,
                Duration.ofSeconds(1),
                256 * 1024,
                Duration.ofSeconds(6),
                Duration.ofSeconds(10),
                true,
                JobLimits.DEFAULT,
                Optional.empty());
    }

    /** These settings with other numbers for the attempts. */
    public JobLoopConfig withAttempts(Attempts other) {
        return with(draft -> draft.attempts = other);
    }

    /** These settings with another pace of progress events. */
    public JobLoopConfig withProgressInterval(Duration other) {
        return with(draft -> draft.progressInterval = other);
    }

    /** These settings with other times after which a silent worker loses its jobs and its transactions. */
    public JobLoopConfig withTimeouts(Duration session, Duration transaction) {
        return with(draft -> {
            draft.sessionTimeout = session;
            draft.transactionTimeout = transaction;
        });
    }

    /** These settings with another limit on the size of a job's event. */
    public JobLoopConfig withMaxEventBytes(int other) {
        return with(draft -> draft.maxEventBytes = other);
    }

    /** These settings, preparing the next job ahead or not. */
    public JobLoopConfig withPrepareNext(boolean other) {
        return with(draft -> draft.prepareNext = other);
    }

    /** These settings with other limits on the time of a job. */
    public JobLoopConfig withLimits(JobLimits other) {
        return with(draft -> draft.limits = other);
    }

    /** These settings with a topic of jobs that go first. */
    public JobLoopConfig withUrgent(String other) {
        return with(draft -> draft.urgent = Optional.of(other));
    }

    private JobLoopConfig with(Consumer<Draft> change) {
        Draft draft = new Draft();
        change.accept(draft);
        return new JobLoopConfig(
                topic,
                group,
                source,
                draft.attempts,
                draft.progressInterval,
                draft.maxEventBytes,
                draft.sessionTimeout,
                draft.transactionTimeout,
                draft.prepareNext,
                draft.limits,
                draft.urgent);
    }

    /** What can differ from the defaults, as it is here until it is changed. */
    private final class Draft {
        private Attempts attempts = JobLoopConfig.this.attempts;
        private Duration progressInterval = JobLoopConfig.this.progressInterval;
        private int maxEventBytes = JobLoopConfig.this.maxEventBytes;
        private Duration sessionTimeout = JobLoopConfig.this.sessionTimeout;
        private Duration transactionTimeout = JobLoopConfig.this.transactionTimeout;
        private boolean prepareNext = JobLoopConfig.this.prepareNext;
        private JobLimits limits = JobLoopConfig.this.limits;
        private Optional<String> urgent = JobLoopConfig.this.urgent;
    }
}
