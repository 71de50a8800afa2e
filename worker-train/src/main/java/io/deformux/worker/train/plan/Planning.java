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

/**
 * {@link Decisions} on a store: reads what is known, keeps what follows, publishes. For a Kafka Streams thread.
 *
 * @param <S> what is known
 */
final class Planning<S extends Tracked<S>> extends ContextualProcessor<byte[], Routed, byte[], Routed> {
    /** How often the store is looked through for what is too old. */
    static final Duration AGING = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Planning.class);

    private final PlanStore<S> kind;
    private final EventRecords records;
    private final Letters letters;
    private KeyValueStore<String, S> store;
    /** That of the event in work, which what follows from it belongs to. */
    private Optional<TraceContext> trace = Optional.empty();

    Planning(PlanStore<S> kind, EventRecords records, Letters letters) {
        this.kind = kind;
        this.records = records;
        this.letters = letters;
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        super.init(context);
        store = context.getStateStore(kind.name());
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
            String id = kind.addressee().id(streamed.key());
            Optional<S> known = Optional.ofNullable(store.get(id));
            Step<S> step = kind.decisions().take(known, event, now);
            trace = TraceContext.in(streamed.headers());
            take(id, known, step, now);
            step.unused().ifPresent(why -> setAside(event, received, why, now));
        } catch (KafkaException e) { // not the record's fault
            throw e;
        } catch (RuntimeException | StackOverflowError e) { // one event must not stop the others
            LOG.error(
                    "{}-{}@{} goes to the dead letters", received.topic(), received.partition(), received.offset(), e);
            JobException reason = new JobException(
                    FailureCode.INTERNAL,
                    "Planning failed unexpectedly (" + e.getClass().getSimpleName() + "); its log has the details.",
                    e);
            context().forward(letters.of(received, reason, now));
        }
    }

    /** What counts for nothing, as a refused request or a fold's result that is sent again, must not end in silence. */
    private void setAside(Event event, ConsumerRecord<byte[], byte[]> received, JobException why, long now) {
        LOG.warn("{} {}: {} {}", kind.addressee(), event.key(), why.code(), why.getMessage());
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
        List<KeyValue<String, S>> all = new ArrayList<>();
        try (KeyValueIterator<String, S> each = store.all()) {
            each.forEachRemaining(all::add);
        }
        trace = Optional.empty();
        all.removeIf(each -> each.value == null); // not readable any more, which has been said
        for (KeyValue<String, S> each : all) {
            take(each.key, Optional.of(each.value), kind.decisions().age(each.key, each.value, now), now);
        }
    }

    private void take(String id, Optional<S> known, Step<S> step, long now) {
        try {
            apply(id, known, step, now);
        } catch (JobException e) {
            // An event that cannot be sent must not stop the others.
            LOG.error("{} {} ends: {}", kind.addressee(), id, e.getMessage(), e);
            S state = step.state().or(() -> known).orElseThrow(() -> e);
            Event failed = kind.decisions().failed(id, state, e);
            apply(id, known, new Step<>(Optional.of(state.ended(now)), List.of(failed)), now);
        }
    }

    private void apply(String id, Optional<S> known, Step<S> step, long now) {
        List<ProducerRecord<byte[], byte[]>> written =
                step.events().stream().map(records::write).toList();
        if (!step.state().equals(known)) {
            store.put(id, step.state().orElse(null));
            LOG.info(
                    "{} {}: {}",
                    kind.addressee(),
                    id,
                    step.state().map(Tracked::phaseName).orElse("forgotten"));
        }
        trace.ifPresent(parent -> written.forEach(parent::on));
        written.forEach(made -> context().forward(Routed.out(made, now)));
    }
}
