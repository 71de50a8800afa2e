package io.deformux.standalone;

import io.deformux.model.ModelId;
import io.deformux.model.ModelPackage;
import io.deformux.model.WindowDefaults;
import io.deformux.network.NetworkConfig;
import io.deformux.transform.Preset;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A model package with random weights. */
@Command(
        name = "init",
        description = "Makes a model package with random weights, for trials and as a start for training.",
        mixinStandardHelpOptions = true)
final class ModelInitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--preset", required = true, description = "amos, kits, pancreas or hepatic.")
    private String preset;

    @Option(names = "--name", description = "The model's name (default: the preset's).")
    private String name;

    @Option(names = "--model-version", description = "The model's version (default: ${DEFAULT-VALUE}).")
    private String version = "1";

    @Option(
            names = "--feature-sizes",
            split = ",",
            paramLabel = "N",
            description = "Channels of the four stages (default: 48,96,192,384).")
    private List<Integer> featureSizes = List.of(48, 96, 192, 384);

    @Option(names = "--depths", split = ",", paramLabel = "N", description = "Blocks per stage (default: 2,2,2,2).")
    private List<Integer> depths = List.of(2, 2, 2, 2);

    @Option(names = "--hidden", description = "Channels at the bottom (default: ${DEFAULT-VALUE}).")
    private int hidden = 768;

    @Option(
            names = "--roi",
            split = ",",
            paramLabel = "N",
            description = "Window size in voxels, multiples of 16 (default: 96,96,96).")
    private List<Integer> roi = WindowDefaults.REFERENCE.roi();

    @Option(names = "--overlap", description = "Overlap of windows, 0 to 0.9 (default: ${DEFAULT-VALUE}).")
    private double overlap = WindowDefaults.REFERENCE.overlap();

    @Option(names = "--blending", description = "constant, gaussian or gaussian_symmetric (default: ${DEFAULT-VALUE}).")
    private String blending = WindowDefaults.REFERENCE.blending();

    @Option(names = "--seed", description = "Which weights (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "The folder to make.")
    private Path output;

    @Override
    public Integer call() {
        ModelPackage written = model().write(output);
        spec.commandLine().getOut().println("model " + written.id() + " in " + output);
        return ExitCode.OK;
    }

    private RandomModel model() {
        Preset chosen = Preset.named(preset)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--preset must be one of "
                                + Preset.all().stream().map(Preset::name).toList()));
        try {
            return new RandomModel(
                    new ModelId(name == null ? chosen.name() : name, version),
                    chosen,
                    new NetworkConfig(1, chosen.classes().size(), featureSizes, depths, hidden, 3),
                    new WindowDefaults(roi, overlap, blending),
                    seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
