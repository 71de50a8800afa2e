package io.deformux.results.state;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Entries by key, of which the newest are kept. Not for several threads at once. */
final class Newest<T> {
    private final int most;
    private final Function<T, Instant> time;
    private final Map<String, T> byKey = new HashMap<>();
    private final TreeSet<Place> places =
            new TreeSet<>(Comparator.comparing(Place::time).thenComparing(Place::key));

    private record Place(Instant time, String key) {}

    Newest(int most, Function<T, Instant> time) {
        this.most = most;
        this.time = time;
    }

    Optional<T> get(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    void put(String key, T value) {
        T before = byKey.put(key, value);
        if (before != null) {
            places.remove(new Place(time.apply(before), key));
        }
        places.add(new Place(time.apply(value), key));
        if (places.size() > most) {
            byKey.remove(places.pollFirst().key());
        }
    }

    /** The newest first. */
    List<T> all() {
        return places.descendingSet().stream()
                .map(place -> byKey.get(place.key()))
                .toList();
    }
}
