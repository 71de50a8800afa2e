package io.deformux.worker.train.plan;

import io.deformux.messaging.record.EventRecords;
import io.deformux.schemas.TopicNames;
import io.deformux.schemas.Topics;
import java.net.URI;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/** The topology of the package documentation. */
final class PlanTopology {
    /** Events of trainings grow with folds and labels; a value stays below Kafka's default limit of 1 MiB. */
    static final int MAX_EVENT_BYTES = 900_000;

    /** Names the internal topic that brings the events of a training together. */
    static final String BY_TRAINING = "by-training";

    /** What it reads; from requests to end a job it learns of the end of a comparison. */
    static final List<String> SOURCES = List.of(Topics.TRAINING_REQUESTED, Topics.TRAINING_RESULT, Topics.JOB_CANCEL);

    private PlanTopology() {}

    /**
     * The topology.
     *
     * @param source the CloudEvents source of what it publishes
     * @param partitions of the internal topic. A number of its own: inherited from the requests' topic once, it would no
     *     longer fit when that one gets more, and nothing could start again
     * @param letters makes the dead letters
     * @param names of the topics that it reads; what it writes is named by the producer
     */
    static Topology of(URI source, int partitions, Letters letters, TopicNames names) {
        Serde<byte[]> bytes = Serdes.ByteArray();
        Serde<Routed> routed = Routed.serde();
        EventRecords records = new EventRecords(source, MAX_EVENT_BYTES);
        RequestDigests digests = new RequestDigests();
        StreamsBuilder builder = new StreamsBuilder();

        KStream<byte[], Routed> taken = builder.stream(
                        SOURCES.stream().map(names::of).toList(),
                        Consumed.with(bytes, bytes).withTimestampExtractor(new RecordTime()))
                .process(() -> new Intake(records, letters, names));
        out(taken.filterNot((key, value) -> value.toPlanning()));
        KStream<byte[], Routed> together = taken.filter((key, value) -> value.toPlanning())
                .repartition(
                        Repartitioned.with(bytes, routed).withName(BY_TRAINING).withNumberOfPartitions(partitions));
        plan(builder, together, PlanStore.trainings(digests), records, letters);
        plan(builder, together, PlanStore.comparisons(digests), records, letters);
        return builder.build();
    }

    private static <S extends Tracked<S>> void plan(
            StreamsBuilder builder,
            KStream<byte[], Routed> together,
            PlanStore<S> kind,
            EventRecords records,
            Letters letters) {
        builder.addStateStore(kind.builder());
        out(together.filter((key, value) -> kind.addressee().isOf(key))
                .process(() -> new Planning<>(kind, records, letters), kind.name()));
    }

    /** A sink for each half: one for both would make them one, with as many states as the requests have partitions. */
    private static void out(KStream<byte[], Routed> made) {
        made.to((key, value, context) -> value.topic(), Produced.with(Serdes.ByteArray(), Routed.serde()));
    }
}
