package io.deformux.standalone.command;

import io.deformux.model.ModelPackage;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.schemas.NetworkShape;
import io.deformux.standalone.option.ModelOptions;
import io.deformux.standalone.packaging.RandomModel;
import io.deformux.transform.Preset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A model package with random weights. */
@Command(
        name = "init",
        description = "Makes a model package with random weights, for trials and as a start for training.",
        mixinStandardHelpOptions = true)
final class ModelInitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions options;

    @Option(
            names = "--feature-sizes",
            split = ",",
            paramLabel = "N",
            description = "Channels of the four stages (default: 48,96,192,384).")
    private List<Integer> featureSizes = NetworkShape.PUBLISHED.featureSizes();

    @Option(names = "--depths", split = ",", paramLabel = "N", description = "Blocks per stage (default: 2,2,2,2).")
    private List<Integer> depths = NetworkShape.PUBLISHED.depths();

    @Option(names = "--hidden", description = "Channels at the bottom (default: ${DEFAULT-VALUE}).")
    private int hidden = NetworkShape.PUBLISHED.hidden();

    @Option(names = "--seed", description = "Which weights (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Override
    public Integer call() {
        Preset preset = options.preset();
        DeformUxNetConfig network = options.checked(
                () -> new DeformUxNetConfig(1, preset.classes().size(), featureSizes, depths, hidden, 3));
        ModelPackage written =
                new RandomModel(options.id(), preset, network, options.window(), seed).write(options.output());
        spec.commandLine().getOut().println("model " + written.id() + " in " + options.output());
        return ExitCode.OK;
    }
}
