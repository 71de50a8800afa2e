package io.deformux.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Series of which more may come, since an association is open that has brought some of them. For all threads. */
final class SeriesHolds {
    private final Map<String, Integer> holding = new HashMap<>();

    /** The series that one association has brought something of, until it is closed. One thread. */
    final class Hold implements AutoCloseable {
        private final Set<String> mine = new HashSet<>();

        /** One more of them. */
        void add(String series) {
            if (mine.add(series)) {
                count(series, 1);
            }
        }

        @Override
        public void close() {
            mine.forEach(series -> count(series, -1));
            mine.clear();
        }
    }

    /** An association begins. */
    Hold begin() {
        return new Hold();
    }

    /** Whether any association holds it. */
    synchronized boolean areOf(String series) {
        return holding.containsKey(series);
    }

    private synchronized void count(String series, int by) {
        holding.merge(series, by, (before, more) -> before + more == 0 ? null : before + more);
    }
}
