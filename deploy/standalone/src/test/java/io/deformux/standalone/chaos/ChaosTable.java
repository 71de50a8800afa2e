package io.deformux.standalone.chaos;

import io.deformux.standalone.chaos.Ledger.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What each fault did: how often, to how many records, and how long it took until all of them had an outcome. */
final class ChaosTable {
    private final Map<String, Row> rows = new LinkedHashMap<>();

    private static final class Row {
        private int times;
        private Duration slowest = Duration.ZERO;
        private final List<Sent> records = new ArrayList<>();
    }

    /** A fault has come so often, and these records were on their way. */
    void add(String fault, int times, List<Sent> records, Duration recovery) {
        Row row = rows.computeIfAbsent(fault, unused -> new Row());
        row.times += times;
        row.slowest = recovery.compareTo(row.slowest) > 0 ? recovery : row.slowest;
        row.records.addAll(records);
    }

    /** The table, with what the ledger knows by now. */
    String text(Ledger ledger) {
        StringBuilder text = new StringBuilder();
        text.append("| fault | times | records | lost | doubled | slowest recovery |\n|---|---|---|---|---|---|\n");
        rows.forEach((fault, row) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %.1f s |%n",
                fault,
                row.times,
                row.records.size(),
                row.records.stream().filter(one -> ledger.outcomes(one) == 0).count(),
                row.records.stream().filter(one -> ledger.outcomes(one) > 1).count(),
                row.slowest.toMillis() / 1e3)));
        return text.toString();
    }
}
