package io.deformux.network;

import ai.djl.Device;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/** How much memory a network may take. */
public final class MemoryBesideHeap {
    private MemoryBesideHeap() {}

    /**
     * What this process may use beside what Java's heap has now, in bytes; empty where a network on {@code device} is not in
     * the machine's memory. The JVM knows the limits of its container.
     */
    public static OptionalLong of(Device device) {
        if (!device.equals(Device.cpu())) {
            return OptionalLong.empty();
        }
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return OptionalLong.of(
                system.getTotalMemorySize() - Runtime.getRuntime().totalMemory());
    }
}
