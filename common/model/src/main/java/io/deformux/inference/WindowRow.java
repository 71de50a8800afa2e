package io.deformux.inference;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.inference.WindowPlan.Origin;
import io.deformux.network.device.WindowsOnDevice;
import java.util.ArrayList;
import java.util.List;

/** The windows that go to the device together, from one row of the plan. One thread. */
final class WindowRow {
    private final WindowsOnDevice device;
    private final WindowsAtOnce atOnce;
    private final List<int[]> places = new ArrayList<>();

    WindowRow(WindowsOnDevice device, WindowsAtOnce atOnce) {
        this.device = device;
        this.atOnce = atOnce;
    }

    void add(Origin origin) {
        places.add(new int[] {origin.i(), origin.j(), origin.k()});
    }

    boolean isFull() {
        return places.size() >= atOnce.windows();
    }

    /** Predicts all, in as many calls as memory asks for; {@code DEVICE_OUT_OF_MEMORY} if it lacks for a single one. */
    void predict() {
        while (!places.isEmpty()) {
            if (Thread.interrupted()) {
                throw new JobException(FailureCode.JOB_CANCELLED, "stopped between two windows");
            }
            List<int[]> some = places.subList(0, Math.min(atOnce.windows(), places.size()));
            try {
                device.add(List.copyOf(some));
                some.clear();
            } catch (JobException e) {
                atOnce.lessThan(some.size(), e);
            }
        }
    }
}
