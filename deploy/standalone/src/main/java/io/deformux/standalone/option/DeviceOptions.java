package io.deformux.standalone.option;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the network runs and with which library, the same for every command that predicts or trains with one. */
public final class DeviceOptions {
    @Mixin
    private LibraryOptions library;

    @Option(
            names = "--device",
            converter = DeviceNames.class,
            description = "cpu or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device = "cpu";

    /** {@code cpu} or {@code cuda:N}. */
    public String device() {
        return device;
    }
}
