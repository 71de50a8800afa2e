package io.deformux.worker.infer.loading;

import io.deformux.network.architecture.NetworkConfig;
import java.util.OptionalLong;

/** How many windows go through a network at once: as many as its device has room for, since a GPU is idle between few. */
final class WindowBatchSize {
    /** A scan has not many windows in a row, and what they take is not there for anything else. */
    private static final int MOST = 8;
    /** What of the free memory may be counted on: the library keeps pieces that it cannot use. */
    private static final double USABLE = 0.8;

    private WindowBatchSize() {}

    /**
     * The number for a device whose memory was measured before the networks were there and after each has predicted one
     * window; what they have taken in between is more than a further window takes. A network that was made elsewhere is known
     * to take one window alone, as it was tried when it was imported.
     *
     * @param before bytes free, empty where memory is not a device's own
     * @param after likewise
     */
    static int of(NetworkConfig network, OptionalLong before, OptionalLong after) {
        if (network.madeElsewhere() || before.isEmpty() || after.isEmpty()) {
            return 1;
        }
        long taken = Math.max(before.getAsLong() - after.getAsLong(), 1);
        return (int) Math.min(MOST, 1 + (long) (USABLE * after.getAsLong()) / taken);
    }
}
