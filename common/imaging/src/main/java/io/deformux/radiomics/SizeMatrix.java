package io.deformux.radiomics;

import java.util.Map;
import java.util.TreeMap;

/**
 * How many runs or zones there are of each level and size. Belongs to one thread.
 */
final class SizeMatrix {
    /** Sizes that have a place of their own for each level; larger ones are few. */
    private static final int SMALL = 4096;

    private final long[][] small;
    private final Map<Long, Long> large = new TreeMap<>();
    private final int levels;

    SizeMatrix(int levels) {
        this.levels = levels;
        this.small = new long[levels + 1][];
    }

    /** One more. */
    void add(int level, int size) {
        if (size >= SMALL) {
            large.merge((long) level << 32 | size, 1L, Long::sum);
            return;
        }
        if (small[level] == null) {
            small[level] = new long[SMALL];
        }
        small[level][size]++;
    }

    int levels() {
        return levels;
    }

    /** Takes how many there are of a level and a size. */
    interface Entry {
        void take(int level, int size, long count);
    }

    /** Those that there are, in one order. */
    void forEach(Entry entry) {
        for (int level = 1; level <= levels; level++) {
            if (small[level] != null) {
                for (int size = 1; size < SMALL; size++) {
                    if (small[level][size] > 0) {
                        entry.take(level, size, small[level][size]);
                    }
                }
            }
        }
        large.forEach((key, count) -> entry.take((int) (key >> 32), key.intValue(), count));
    }
}
