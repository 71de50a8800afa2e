package io.deformux.standalone.option;

import io.deformux.network.DeviceChoice;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the network runs and with which library, the same for every command that predicts or trains with one. */
public final class DeviceOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private LibraryOptions library;

    @Option(
            names = "--device",
            converter = DeviceNames.class,
            description = "cpu, cuda:N, or auto: the GPUs that the driver shows this process, else the CPU; a worker of"
                    + " Kafka's starts a process for each (default: ${DEFAULT-VALUE}).")
    private String device = "cpu";

    /** {@code cpu} or {@code cuda:N}, the first of {@link #devices}. */
    public String device() {
        return devices().get(0);
    }

    /** The devices that are meant; a wrong command line if one is named that is not there. */
    public List<String> devices() {
        try {
            return DeviceChoice.ofThisMachine().all(device);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--device: " + e.getMessage(), e);
        }
    }
}
