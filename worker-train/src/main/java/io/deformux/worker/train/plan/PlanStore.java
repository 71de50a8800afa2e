package io.deformux.worker.train.plan;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * A store of what is known of one kind of thing, and who decides about it.
 *
 * @param name of the store, and part of the name of its changelog topic
 * @param addressee whose events it takes
 * @param state the kind of what is known
 * @param decisions what follows from an event
 * @param <S> what is known
 */
record PlanStore<S extends Tracked<S>>(String name, Addressee addressee, Class<S> state, Decisions<S> decisions) {
    /** The names of the stores that there are. */
    static final String TRAININGS = "trainings";

    static final String COMPARISONS = "comparisons";

    static PlanStore<TrainingState> trainings(RequestDigests digests) {
        return new PlanStore<>(TRAININGS, Addressee.TRAINING, TrainingState.class, new Planner(digests));
    }

    static PlanStore<ComparisonState> comparisons(RequestDigests digests) {
        return new PlanStore<>(
                COMPARISONS, Addressee.COMPARISON, ComparisonState.class, new ComparisonPlanner(digests));
    }

    /** Kept in memory and in a changelog topic. */
    StoreBuilder<KeyValueStore<String, S>> builder() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), StateSerde.of(state));
    }
}
