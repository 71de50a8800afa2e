package io.deformux.worker.train.plan;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.record.EventRecords;
import io.deformux.messaging.record.TraceContext;
import io.deformux.schemas.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@link Planner} on the store: reads what is known, keeps what follows, publishes. For a Kafka Streams thread. */
final class Planning extends ContextualProcessor<byte[], Routed, byte[], Routed> {
    static final String STORE = "trainings";
    /** How often the store is looked through for what is too old. */
    static final Duration AGING = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Planning.class);

    private final Planner planner;
    private final EventRecords records;
    private final Letters letters;
    private KeyValueStore<String, TrainingState> store;
    /** That of the event in work, which what follows from it belongs to. */
    private Optional<TraceContext> trace = Optional.empty();

    Planning(Planner planner, EventRecords records, Letters letters) {
        this.planner = planner;
        this.records = records;
        this.letters = letters;
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        super.init(context);
        store = context.getStateStore(STORE);
        context.schedule(AGING, PunctuationType.WALL_CLOCK_TIME, this::age);
    }

    @Override
    public void process(Record<byte[], Routed> streamed) {
        Optional<Place> place = Place.takeFrom(streamed.headers());
        ConsumerRecord<byte[], byte[]> internal = Routed.received(
                streamed, streamed.value().value(), context().recordMetadata().orElseThrow());
        ConsumerRecord<byte[], byte[]> received =
                place.map(from -> at(from, internal)).orElse(internal);
        long now = context().currentSystemTimeMs();
        try {
            Event event = records.read(received).event();
            Optional<TrainingState> known = Optional.ofNullable(store.get(event.key()));
            Step step = planner.take(known, event, now);
            trace = TraceContext.in(streamed.headers());
            take(event.key(), known, step, now);
            step.unused().ifPresent(why -> setAside(event, received, why, now));
        } catch (KafkaException e) { // not the record's fault
            throw e;
        } catch (RuntimeException | StackOverflowError e) { // one event must not stop the other trainings
            LOG.error(
                    "{}-{}@{} goes to the dead letters", received.topic(), received.partition(), received.offset(), e);
            JobException reason = new JobException(
                    FailureCode.INTERNAL,
                    "Planning failed unexpectedly (" + e.getClass().getSimpleName() + "); its log has the details.",
                    e);
            context().forward(letters.of(received, reason, now));
        }
    }

    /** A fold's result that came for nothing, as one that is sent again from the dead letters, must not end in silence. */
    private void setAside(Event event, ConsumerRecord<byte[], byte[]> received, JobException why, long now) {
        LOG.warn("training {}: {} {}", event.key(), why.code(), why.getMessage());
        context().forward(letters.of(received, why, now));
    }

    /** As it lay on its own topic; what arrives here comes from the internal one. */
    private static ConsumerRecord<byte[], byte[]> at(Place place, ConsumerRecord<byte[], byte[]> internal) {
        ConsumerRecord<byte[], byte[]> original = new ConsumerRecord<>(
                place.topic(), place.partition(), place.offset(), internal.key(), internal.value());
        internal.headers().forEach(original.headers()::add);
        return original;
    }

    private void age(long now) {
        List<KeyValue<String, TrainingState>> all = new ArrayList<>();
        try (KeyValueIterator<String, TrainingState> each = store.all()) {
            each.forEachRemaining(all::add);
        }
        trace = Optional.empty();
        all.removeIf(each -> each.value == null); // not readable any more, which has been said
        for (KeyValue<String, TrainingState> each : all) {
            take(each.key, Optional.of(each.value), planner.age(each.key, each.value, now), now);
        }
    }

    private void take(String trainingId, Optional<TrainingState> known, Step step, long now) {
        try {
            apply(trainingId, known, step, now);
        } catch (JobException e) {
            // An event that cannot be sent must not stop the other trainings.
            LOG.error("training {} ends: {}", trainingId, e.getMessage(), e);
            TrainingState state = step.state().or(() -> known).orElseThrow(() -> e);
            Event failed = Planner.refused(trainingId, state.requestSha256(), e);
            apply(trainingId, known, new Step(Optional.of(state.ended(now)), List.of(failed)), now);
        }
    }

    private void apply(String trainingId, Optional<TrainingState> known, Step step, long now) {
        List<ProducerRecord<byte[], byte[]>> written =
                step.events().stream().map(records::write).toList();
        if (!step.state().equals(known)) {
            store.put(trainingId, step.state().orElse(null));
            LOG.info(
                    "training {}: {}",
                    trainingId,
                    step.state().map(state -> state.phase().name()).orElse("forgotten"));
        }
        trace.ifPresent(parent -> written.forEach(parent::on));
        written.forEach(made -> context().forward(Routed.out(made, now)));
    }
}
