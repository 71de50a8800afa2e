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
import org.apache.kafka.streams.state.Stores;

/** The topology of the package documentation. */
final class PlanTopology {
    /** Events of trainings grow with folds and labels; a value stays below Kafka's default limit of 1 MiB. */
    static final int MAX_EVENT_BYTES = 900_000;

    /** Names the internal topic that brings the events of a training together. */
    static final String BY_TRAINING = "by-training";

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
        Planner planner = new Planner();
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(Planning.STORE), Serdes.String(), StateSerde.create()));

        KStream<byte[], Routed> taken = builder.stream(
                        List.of(names.of(Topics.TRAINING_REQUESTED), names.of(Topics.TRAINING_RESULT)),
                        Consumed.with(bytes, bytes).withTimestampExtractor(new RecordTime()))
                .process(() -> new Intake(records, letters, names));
        out(taken.filterNot((key, value) -> value.toPlanning()));
        out(taken.filter((key, value) -> value.toPlanning())
                .repartition(
                        Repartitioned.with(bytes, routed).withName(BY_TRAINING).withNumberOfPartitions(partitions))
                .process(() -> new Planning(planner, records, letters), Planning.STORE));
        return builder.build();
    }

    /** A sink for each half: one for both would make them one, with as many states as the requests have partitions. */
    private static void out(KStream<byte[], Routed> made) {
        made.to((key, value, context) -> value.topic(), Produced.with(Serdes.ByteArray(), Routed.serde()));
    }
}
