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
 * sink works while the device does. Planes that have come say which windows are computed. Close it. One thread.
 */
final class FinishedPlanes implements AutoCloseable {
    /** Values that are fetched at once, 64 MiB of floats: as much again is needed on the device. */
    private static final long AT_ONCE = 1 << 24;

    /** Values that may wait for the sink, 1 GiB: more than a row of windows finishes of a CT in 16 classes. */
    private static final long MOST_WAITING = 1L << 28;

    private final WindowsOnDevice device;
    private final VolumeSink sink;
    private final ImageContent content;
    private final long atOnce;
    private final long mostWaiting;
    private final ComputedWindows computed;
    private final Queue<Fetch> fetched = new ArrayDeque<>();
    private int next;
    private int delivered;

    /** Planes on their way, behind so many windows of the plan. */
    private record Fetch(FetchedPlanes planes, int windows) {}

    FinishedPlanes(WindowsOnDevice device, VolumeSink sink, ImageContent content, ComputedWindows computed) {
        this(device, sink, content, computed, AT_ONCE, MOST_WAITING);
    }

    /** With other limits in values: what is fetched at once, and what may wait, but never less than a plane. */
    FinishedPlanes(
            WindowsOnDevice device,
            VolumeSink sink,
            ImageContent content,
            ComputedWindows computed,
            long atOnce,
            long mostWaiting) {
        this.device = device;
        this.sink = sink;
        this.content = content;
        this.computed = computed;
        this.atOnce = atOnce;
        this.mostWaiting = mostWaiting;
    }

    /** Bytes of the machine's memory that finished planes of an image may take while they wait for the sink. */
    static long waitingBytes(int channels, Shape3 image) {
        return Float.BYTES * Math.min(MOST_WAITING, channels * image.voxels());
    }

    /**
     * Has all before plane {@code end} fetched; waits only where too much waits already.
     *
     * @param windows of the plan that the device was asked for so far, or that need not be computed
     */
    void before(int end, int windows) {
        int most = (int) Math.max(1, atOnce / ((long) plane() * device.members()));
        while (next < end) {
            int planes = device.straight(next, Math.min(most, end - next));
            while (!fetched.isEmpty() && (long) (next - delivered + planes) * plane() > mostWaiting) {
                deliverSome();
            }
            fetched.add(new Fetch(device.fetch(next, planes), windows));
            next += planes;
        }
    }

    /** Gives what was fetched first to the sink, if there is anything; waits for no more than that. */
    void deliverSome() {
        if (!fetched.isEmpty()) {
            Fetch first = fetched.remove();
            try (FetchedPlanes planes = first.planes()) {
                planes.notFinite().ifPresent(network -> {
                    if (!content.isFinite()) {
                        throw new JobException(FailureCode.NETWORK_FAILED, "the scan holds values that are not finite");
                    }
                    network.reject();
                });
                computed.done(first.windows());
                deliver(planes.values());
            }
        }
    }

    private void deliver(FloatBuffer planes) {
        float[] values = new float[device.classes() * area()];
        float[] entropies = new float[plane() - values.length];
        while (planes.hasRemaining()) {
            planes.get(values).get(entropies);
            if (device.members() > 1) {
                sink.acceptMean(delivered++, values, entropies);
            } else {
                sink.accept(delivered++, values);
            }
        }
    }

    /** Values of a plane. */
    private int plane() {
        return WindowsOnDevice.channels(device.classes(), device.members()) * area();
    }

    private int area() {
        Shape3 shape = content.shape();
        return shape.h() * shape.w();
    }

    /** Gives all that is fetched to the sink. */
    void deliver() {
        while (!fetched.isEmpty()) {
            deliverSome();
        }
    }

    @Override
    public void close() {
        if (!fetched.isEmpty()) {
            // All the others too, where one cannot be let go of since the device has failed.
            try (FetchedPlanes planes = fetched.remove().planes()) {
                close();
            }
        }
    }
}
