package io.deformux.standalone.check;

import java.util.List;

/** Whether a worker has the memory for a large scan. */
public final class MemoryCheck implements Check {
    private static final String SECTION = "memory";

    /** A scan of 512 x 512 x 400 with 16 classes peaks at 2.1 GB; the next one and the published network come on top. */
    private static final long NEEDED = 4 * Gigabytes.ONE;
    /** Voxels are floats on the heap: that scan, the next one, and something to work with. The JVM's own quarter of 4 GB. */
    private static final long NEEDED_HEAP = Gigabytes.ONE;
    /** Systems keep some for themselves: what is sold as 4 GB shows less. */
    private static final double NEARLY = 0.9;

    private final Memory memory;

    /** @param memory what there is */
    public MemoryCheck(Memory memory) {
        this.memory = memory;
    }

    @Override
    public String section() {
        return SECTION;
    }

    @Override
    public List<Finding> look() {
        return List.of(usable(), heap());
    }

    private Finding usable() {
        String limited = memory.machine().isPresent() && memory.machine().getAsLong() > memory.usable()
                ? ", a limit of the container on a machine of "
                        + Gigabytes.text(memory.machine().getAsLong())
                : "";
        String value = Gigabytes.text(memory.usable()) + limited;
        return memory.usable() < NEARLY * NEEDED
                ? Finding.warn(
                        SECTION,
                        "usable",
                        value,
                        "a worker wants " + Gigabytes.text(NEEDED)
                                + "; give it more, or start it with --no-prepare-next and a lower --max-voxels")
                : Finding.ok(SECTION, "usable", value);
    }

    private Finding heap() {
        String value = Gigabytes.text(memory.heap()) + " at most";
        return memory.heap() < NEARLY * NEEDED_HEAP
                ? Finding.warn(
                        SECTION,
                        "heap",
                        value,
                        "a scan of 512 x 512 x 400 does not fit; give Java more with -Xmx (DEFORMUX_JAVA_OPTIONS)")
                : Finding.ok(SECTION, "heap", value);
    }
}
