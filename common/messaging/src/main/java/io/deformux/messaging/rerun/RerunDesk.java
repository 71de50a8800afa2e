package io.deformux.messaging.rerun;

import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.event.EventPublisher;
import io.deformux.messaging.event.WholeTopic;
import io.deformux.messaging.record.EventRecords;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.messaging.rerun.Rerun.Fate;
import io.deformux.schemas.Topics;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for scans that are to be run again, and asks for it. One thread. */
public final class RerunDesk {
    private static final Logger LOG = LoggerFactory.getLogger(RerunDesk.class);
    private static final URI SOURCE = URI.create("/deformux/replay");

    private final KafkaConnection kafka;

    /** A desk. */
    public RerunDesk(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /**
     * What would become of the scans of the results that fit, of all that Kafka has.
     *
     * @throws JobException {@code KAFKA_UNAVAILABLE}
     */
    public List<Rerun> plan(RerunFilter filter, RerunTarget target) {
        RerunPlan plan = new RerunPlan(filter, target);
        EventRecords records = new EventRecords(SOURCE, Integer.MAX_VALUE);
        for (String topic : List.of(Topics.SEGMENTATION_RESULT, Topics.SCAN_ARRIVED, Topics.SCAN_URGENT)) {
            WholeTopic.read(kafka, topic, one -> {
                try {
                    ReceivedEvent event = records.read(one);
                    plan.take(event.event(), Instant.ofEpochMilli(one.timestamp()));
                } catch (JobException e) {
                    LOG.warn("{}-{}@{} is left out: {}", one.topic(), one.partition(), one.offset(), e.code());
                }
            });
        }
        return plan.reruns();
    }

    /**
     * Sends the requests of those that are to be sent. Another try sends none of them again, and one that was sent twice all
     * the same, as by two people at a time, is one job.
     *
     * @throws JobException {@code KAFKA_UNAVAILABLE}
     */
    public void send(List<Rerun> reruns) {
        try (EventPublisher publisher = new EventPublisher(kafka, SOURCE)) {
            reruns.stream()
                    .filter(rerun -> rerun.fate() == Fate.TO_SEND)
                    .forEach(rerun -> publisher.publish(rerun.request().orElseThrow()));
        }
    }
}
