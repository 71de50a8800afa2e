package io.deformux.standalone.option;

import io.deformux.network.PrecisionChoice;
import io.deformux.worker.infer.settings.ComputeSettings;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the network predicts, the same for every command that segments. */
public final class ComputeOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--precision",
            converter = Precisions.class,
            description = "fp32, bf16, or auto: bf16 where the device multiplies it itself; on a GPU tf32 or fp16 too"
                    + " (default: auto).")
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

    /** The same for one device, {@code cpu} or {@code cuda:N}. */
    public ComputeSettings on(String device) {
        try {
            return new ComputeSettings(device, precision, tta == Tta.FLIPS, skipEmptyWindows);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--precision: " + e.getMessage(), e);
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
