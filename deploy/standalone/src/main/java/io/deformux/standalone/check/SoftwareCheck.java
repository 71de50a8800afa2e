package io.deformux.standalone.check;

import io.deformux.standalone.bench.MeasuredMachine;
import java.util.List;

/** Versions, the processor, and which kernels run. */
public final class SoftwareCheck implements Check {
    private static final String SECTION = "software";

    private final String version;
    private final MeasuredMachine machine;

    /** @param version of deformux */
    public SoftwareCheck(String version, MeasuredMachine machine) {
        this.version = version;
        this.machine = machine;
    }

    @Override
    public String section() {
        return SECTION;
    }

    @Override
    public List<Finding> look() {
        return List.of(
                Finding.ok(SECTION, "deformux", version),
                Finding.ok(
                        SECTION,
                        "java",
                        machine.java() + ", " + System.getProperty("java.vm.name") + ", "
                                + System.getProperty("java.vendor")),
                Finding.ok(
                        SECTION,
                        "system",
                        System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                                + System.getProperty("os.arch")),
                Finding.ok(SECTION, "processor", machine.processor() + ", " + machine.cores() + " cores for the JVM"),
                kernels());
    }

    private Finding kernels() {
        return machine.kernels().equals("plain")
                ? Finding.warn(
                        SECTION,
                        "kernels",
                        machine.kernels() + " loops: this JVM runs without jdk.incubator.vector",
                        "jobs take several times as long; start Java with --add-modules jdk.incubator.vector")
                : Finding.ok(SECTION, "kernels", machine.kernels());
    }
}
