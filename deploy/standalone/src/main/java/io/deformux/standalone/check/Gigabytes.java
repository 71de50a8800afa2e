package io.deformux.standalone.check;

import java.util.Locale;

/** Sizes as people read them. */
final class Gigabytes {
    /** 10^9 bytes. */
    static final long ONE = 1_000_000_000;

    private Gigabytes() {}

    /** As {@code 23.4 GB}. */
    static String text(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", (double) bytes / ONE);
    }
}
