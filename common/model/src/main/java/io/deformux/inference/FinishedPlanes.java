package io.deformux.inference;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.device.FetchedPlanes;
import io.deformux.network.device.WindowsOnDevice;
import io.deformux.volume.Shape3;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Has planes fetched that no window will touch any more, some at a time, and gives them to a sink later, in between windows: the
 * sink works while the device does. Close it. One thread.
 */
final class FinishedPlanes implements AutoCloseable {
    /** Values that are fetched at once, 64 MiB of floats: as much again is needed on the device. */
    private static final long AT_ONCE = 1 << 24;

    /** Values that may wait for the sink, 1 GiB: more than a row of windows finishes of a CT in 16 classes. */
    private static final long MOST_WAITING = 1L << 28;

    private final WindowsOnDevice device;
    private final PlaneSink sink;
    private final ImageContent content;
    private final long atOnce;
    private final long mostWaiting;
    private final Queue<FetchedPlanes> fetched = new ArrayDeque<>();
    private int next;
    private int delivered;

    FinishedPlanes(WindowsOnDevice device, PlaneSink sink, ImageContent content) {
        this(device, sink, content, AT_ONCE, MOST_WAITING);
    }

    /** With other limits in values: what is fetched at once, and what may wait, but never less than a plane. */
    FinishedPlanes(WindowsOnDevice device, PlaneSink sink, ImageContent content, long atOnce, long mostWaiting) {
        this.device = device;
        this.sink = sink;
        this.content = content;
        this.atOnce = atOnce;
        this.mostWaiting = mostWaiting;
    }

    /** Has all before plane {@code end} fetched; waits only where too much waits already. */
    void before(int end) {
        int most = (int) Math.max(1, atOnce / ((long) plane() * device.members()));
        while (next < end) {
            int planes = device.straight(next, Math.min(most, end - next));
            while (!fetched.isEmpty() && (long) (next - delivered + planes) * plane() > mostWaiting) {
                deliverSome();
            }
            fetched.add(device.fetch(next, planes));
            next += planes;
        }
    }

    /** Gives what was fetched first to the sink, if there is anything; waits for no more than that. */
    void deliverSome() {
        if (!fetched.isEmpty()) {
            try (FetchedPlanes planes = fetched.remove()) {
                planes.notFinite().ifPresent(network -> {
                    if (!content.isFinite()) {
                        throw new JobException(FailureCode.NETWORK_FAILED, "the scan holds values that are not finite");
                    }
                    network.reject();
                });
                deliver(planes.values());
            }
        }
    }

    private void deliver(FloatBuffer planes) {
        float[] plane = new float[plane()];
        while (planes.hasRemaining()) {
            planes.get(plane);
            sink.accept(delivered++, plane);
        }
    }

    /** Values of a plane. */
    private int plane() {
        Shape3 shape = content.shape();
        return device.classes() * shape.h() * shape.w();
    }

    /** Gives all that is fetched to the sink. */
    void deliver() {
        while (!fetched.isEmpty()) {
            deliverSome();
        }
    }

    @Override
    public void close() {
        fetched.forEach(FetchedPlanes::close);
        fetched.clear();
    }
}
