package io.deformux.standalone.chaos;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What each fault did: how often, to how many records, and how long it took until all of them had an outcome. */
final class ChaosTable {
    private final Map<String, Row> rows = new LinkedHashMap<>();

    private record Row(int times, int records, Duration slowest) {
        Row and(Row other) {
            return new Row(
                    times + other.times,
                    records + other.records,
                    slowest.compareTo(other.slowest) > 0 ? slowest : other.slowest);
        }
    }

    void add(String fault, int times, int records, Duration recovery) {
        rows.merge(fault, new Row(times, records, recovery), Row::and);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("| fault | times | records | slowest recovery |\n|---|---|---|---|\n");
        rows.forEach((fault, row) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %.1f s |%n",
                fault,
                row.times,
                row.records,
                row.slowest.toMillis() / 1e3)));
        return text.toString();
    }
}
