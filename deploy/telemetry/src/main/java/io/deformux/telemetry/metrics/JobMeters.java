package io.deformux.telemetry.metrics;

import io.deformux.failure.FailureCode;
import io.deformux.messaging.job.JobEnd;
import io.deformux.messaging.job.JobEnd.Outcome;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.JobStart;
import io.deformux.messaging.record.TraceContext;
import io.deformux.schemas.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Counts jobs and watches the loops' Kafka clients. For all threads. */
public final class JobMeters implements JobObserver {
    /** The label of records that say they came on a topic that there is not. */
    private static final String OTHER = "other";

    private static final String NO_CODE = "none";

    private final Meters meters;
    private final TopicNames names;
    private final Map<String, AtomicInteger> inFlight;

    /**
     * Meters of the jobs of topics, which are at 0 from now on. They are told by the topics' names on the cluster, as all
     * else that has a topic.
     *
     * @param names of the topics there
     * @param topics by their names in the contract
     */
    public JobMeters(Meters meters, TopicNames names, List<String> topics) {
        this.meters = meters;
        this.names = names;
        inFlight = topics.stream().collect(Collectors.toMap(names::of, topic -> new AtomicInteger()));
        for (String topic : inFlight.keySet()) {
            meters.gauge(Metric.IN_FLIGHT, inFlight.get(topic)::get, topic);
            meters.prepare(Metric.QUEUE_WAIT, topic);
            meters.count(Metric.JOBS, 0, topic, name(Outcome.COMPLETED), NO_CODE);
            for (Outcome outcome : Outcome.values()) {
                meters.prepare(Metric.JOB, topic, name(outcome));
            }
        }
    }

    @Override
    public Optional<TraceContext> begins(JobStart start) {
        running(start).ifPresent(AtomicInteger::incrementAndGet);
        if (start.attempt() == 1) {
            start.sent()
                    .ifPresent(sent -> meters.time(
                            Metric.QUEUE_WAIT, Duration.between(sent, start.begun()), topic(start.topic())));
        }
        return start.trace();
    }

    @Override
    public void ends(JobStart start, JobEnd end) {
        String topic = topic(start.topic());
        String code = end.code().map(FailureCode::name).orElse(NO_CODE);
        running(start).ifPresent(AtomicInteger::decrementAndGet);
        meters.time(Metric.JOB, Duration.between(start.begun(), Instant.now()), topic, name(end.outcome()));
        switch (end.outcome()) {
            case COMPLETED -> meters.count(Metric.JOBS, 1, topic, name(end.outcome()), code);
            case FAILED -> {
                meters.count(Metric.JOBS, 1, topic, name(end.outcome()), code);
                meters.count(Metric.DEAD_LETTERS, 1, topic, code);
            }
            case RETRIED -> meters.count(Metric.RETRIES, 1, topic, code);
            case GIVEN_BACK -> {
                // Somebody else's.
            }
        }
    }

    @Override
    public void refused(String topic, FailureCode code) {
        meters.count(Metric.JOBS, 1, topic(topic), "refused", code.name());
        meters.count(Metric.DEAD_LETTERS, 1, topic(topic), code.name());
    }

    @Override
    public Watched opened(Consumer<?, ?> client) {
        return new ClientMeters(meters, client.metrics());
    }

    @Override
    public Watched opened(Producer<?, ?> client) {
        return new ClientMeters(meters, client.metrics());
    }

    private Optional<AtomicInteger> running(JobStart start) {
        return Optional.ofNullable(inFlight.get(start.topic()));
    }

    /** A job that waited says itself where it came from. */
    private String topic(String told) {
        boolean known = inFlight.containsKey(told) || TopicNames.isOfContract(names.contract(told));
        return known ? told : OTHER;
    }

    private static String name(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
