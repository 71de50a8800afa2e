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
        return OptionalLong.of(ofMachine());
    }

    /** The same of the machine's memory, wherever networks are. */
    public static long ofMachine() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getTotalMemorySize() - Runtime.getRuntime().totalMemory();
    }
}
