package io.deformux.inference;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.device.WindowsOnDevice;
import io.deformux.volume.Shape3;
import java.util.ArrayDeque;
import java.util.Queue;

/** Fetches planes that no window will touch any more, some at a time, and gives them to a sink later. One thread. */
final class FinishedPlanes {
    /** Values that are fetched at once, 64 MiB of floats: as much again is needed on the device. */
    private static final long AT_ONCE = 1 << 24;

    /** How many times that may wait for the sink. */
    private static final int MOST_WAITING = 4;

    private final WindowsOnDevice device;
    private final PlaneSink sink;
    private final Shape3 shape;
    private final Queue<float[]> fetched = new ArrayDeque<>();
    private int next;
    private int delivered;

    FinishedPlanes(WindowsOnDevice device, PlaneSink sink, Shape3 shape) {
        this.device = device;
        this.sink = sink;
        this.shape = shape;
    }

    /** Fetches all before plane {@code end}, which waits for the device. */
    void before(ImageContent content, int end) {
        long area = (long) shape.h() * shape.w();
        int most = (int) Math.max(1, AT_ONCE / (area * device.classes() * device.members()));
        while (next < end) {
            int planes = device.straight(next, Math.min(most, end - next));
            fetched.add(fetch(content, planes));
            next += planes;
            if (fetched.size() > MOST_WAITING) {
                deliverOne();
            }
        }
    }

    private float[] fetch(ImageContent content, int planes) {
        float[] values = device.finished(next, planes);
        device.notFinite().ifPresent(network -> {
            if (!content.isFinite()) {
                throw new JobException(FailureCode.NETWORK_FAILED, "the scan holds values that are not finite");
            }
            network.reject();
        });
        return values;
    }

    /** Gives what is fetched to the sink. */
    void deliver() {
        while (!fetched.isEmpty()) {
            deliverOne();
        }
    }

    private void deliverOne() {
        float[] planes = fetched.remove();
        float[] plane = new float[device.classes() * shape.h() * shape.w()];
        for (int at = 0; at < planes.length; at += plane.length) {
            System.arraycopy(planes, at, plane, 0, plane.length);
            sink.accept(delivered++, plane);
        }
    }
}
