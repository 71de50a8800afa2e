package io.deformux.pacs;

import java.util.HashMap;
import java.util.Map;

/** How often each series could not be had while its archive answered otherwise. One thread. */
final class SeriesTries {
    /** With the waits of {@link BridgeLoop} about a minute. */
    static final int MOST = 5;

    private final Map<String, Integer> failed = new HashMap<>();

    /** Counts one more; whether it was the last. */
    boolean isLast(String id) {
        return failed.merge(id, 1, Integer::sum) >= MOST;
    }

    /** These are behind the feed's place. */
    void forget() {
        failed.clear();
    }
}
