package io.deformux.network.device;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.deformux.network.gpu.DeviceMarks.Mark;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** Finished planes on their way to the machine's memory. Owns memory there; close it before the windows. One thread. */
public final class FetchedPlanes implements AutoCloseable {
    private final NDManager scope;
    private final NDArray planes;
    private final NDArray finite;
    private final Mark mark;
    private final List<DeviceNetwork> members;

    /**
     * Planes that have arrived when the device passes a mark.
     *
     * @param scope of both arrays, which this owns
     */
    FetchedPlanes(NDManager scope, NDArray planes, NDArray finite, Mark mark, List<DeviceNetwork> members) {
        this.scope = scope;
        this.planes = planes;
        this.finite = finite;
        this.mark = mark;
        this.members = members;
    }

    /**
     * The planes (planes, channels, h, w), valid until this is closed; waits for them, and not for what the device was asked
     * later: logits of one member, of several the mean of their probabilities and, as {@link WindowsOnDevice#channels} says, of
     * their entropies in nats.
     *
     * @throws io.deformux.failure.JobException {@code DEVICE_FAILED} if the device has
     */
    public FloatBuffer values() {
        mark.await();
        return WindowMethods.values(planes);
    }

    /** A network some of whose logits for these planes or earlier ones were not finite; waits likewise. */
    public Optional<DeviceNetwork> notFinite() {
        mark.await();
        FloatBuffer flags = WindowMethods.values(finite);
        for (int m = 0; m < members.size(); m++) {
            if (flags.get(m) != 1) {
                return Optional.of(members.get(m));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        try (scope) {
            mark.close();
        }
    }
}
