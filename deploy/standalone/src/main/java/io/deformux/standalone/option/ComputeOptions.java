package io.deformux.standalone.option;

import io.deformux.network.PrecisionChoice;
import io.deformux.worker.infer.ComputeSettings;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the network runs, the same for every command that runs one. */
public final class ComputeOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private LibraryOptions library;

    @Option(
            names = "--device",
            converter = DeviceNames.class,
            description = "cpu or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device = "cpu";

    @Option(
            names = "--precision",
            converter = Precisions.class,
            description = "fp32, bf16, or auto: bf16 where the device multiplies it itself (default: auto).")
    private PrecisionChoice precision = PrecisionChoice.AUTO;

    /** Test-time augmentations. */
    enum Tta {
        NONE,
        FLIPS
    }

    @Option(
            names = "--tta",
            description = "none, or flips: average the probabilities of all eight mirrorings, in eight times the time"
                    + " (default: none).")
    private Tta tta = Tta.NONE;

    @Option(
            names = "--skip-empty-windows",
            description = "Call windows background that have no voxel above the preset's intensity window, without"
                    + " predicting them. Not as the reference does, which blends them in.")
    private boolean skipEmptyWindows;

    String device() {
        return device;
    }

    public ComputeSettings settings() {
        try {
            return new ComputeSettings(device, precision, tta == Tta.FLIPS, skipEmptyWindows);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Names as users write them. */
    public static final class Precisions implements ITypeConverter<PrecisionChoice> {
        @Override
        public PrecisionChoice convert(String name) {
            return PrecisionChoice.parse(name);
        }
    }
}
