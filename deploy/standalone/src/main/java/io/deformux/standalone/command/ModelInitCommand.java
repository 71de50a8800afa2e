package io.deformux.standalone.command;

import io.deformux.model.ModelPackage;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.standalone.option.ModelOptions;
import io.deformux.standalone.option.NetworkOptions;
import io.deformux.standalone.packaging.RandomModel;
import io.deformux.transform.Preset;
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

    @Mixin
    private NetworkOptions network;

    @Option(names = "--seed", description = "Which weights (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Override
    public Integer call() {
        Preset preset = options.preset();
        NetworkConfig wanted = options.checked(
                () -> network.network(preset.channels().size(), preset.classes().size()));
        ModelPackage written =
                new RandomModel(options.id(), preset, wanted, options.window(wanted), seed).write(options.output());
        spec.commandLine().getOut().println("model " + written.id() + " in " + options.output());
        return ExitCode.OK;
    }
}
