package io.deformux.worker.train.testing;

import io.deformux.messaging.cluster.KafkaConnection;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.event.EventReader.From;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.schemas.Event;
import io.deformux.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** All committed events of trainings, from the first on. */
public final class Observed implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final EventReader reader;
    private final List<ReceivedEvent> seen = new ArrayList<>();

    public Observed(KafkaConnection connection) {
        List<String> topics = List.of(
                Topics.TRAINING_FOLD_REQUESTED, Topics.TRAINING_READY, Topics.TRAINING_RESULT, Topics.MODEL_PUBLISHED);
        reader = new EventReader(connection, topics, From.EARLIEST);
    }

    /** The first event of a kind that fits, already seen or to come. */
    public <E extends Event> E await(Class<E> kind, Predicate<E> fits) {
        Predicate<ReceivedEvent> wanted = each -> kind.isInstance(each.event()) && fits.test(kind.cast(each.event()));
        return kind.cast(seen.stream()
                .filter(wanted)
                .findFirst()
                .or(() -> reader.await(
                        each -> {
                            seen.add(each);
                            return wanted.test(each);
                        },
                        LIMIT))
                .orElseThrow(() -> new AssertionError("no " + kind.getSimpleName() + " came that fits"))
                .event());
    }

    /** The events of a kind so far that fit; asks Kafka for what has come meanwhile. */
    public <E extends Event> List<E> all(Class<E> kind, Predicate<E> fits) {
        seen.addAll(reader.read(Duration.ofMillis(500)));
        return seen.stream()
                .map(ReceivedEvent::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(fits)
                .toList();
    }

    @Override
    public void close() {
        reader.close();
    }
}
