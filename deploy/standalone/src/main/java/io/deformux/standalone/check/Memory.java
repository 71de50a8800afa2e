package io.deformux.standalone.check;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How much memory there is, in bytes.
 *
 * @param heap the most that the JVM takes for objects
 * @param usable what this process may use: of the machine, or of its container
 * @param machine what the machine has, where the system says so
 */
public record Memory(long heap, long usable, OptionalLong machine) {

    /** Here and now. */
    public static Memory here() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        // The JVM knows the limits of its control group.
        return new Memory(Runtime.getRuntime().maxMemory(), system.getTotalMemorySize(), ofMachine());
    }

    private static OptionalLong ofMachine() {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                    .filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
