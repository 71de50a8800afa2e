package io.deformux.standalone.command;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.model.ModelPackage;
import io.deformux.network.checkpoint.CheckpointReader;
import io.deformux.network.checkpoint.SafetensorsWriter;
import io.deformux.network.weights.Weights;
import io.deformux.storage.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The weights of a model package, for other software. */
@Command(
        name = "export",
        description = "Writes the network of a model package for other software.",
        mixinStandardHelpOptions = true)
final class ModelExportCommand implements Callable<Integer> {
    /** What can be written. */
    enum Format {
        /** Network and weights, for {@code torch.jit.load}: the package's own archive. */
        TORCHSCRIPT,
        /** The weights by their state-dict names. */
        SAFETENSORS
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The package folder.")
    private Path directory;

    @Option(
            names = "--format",
            required = true,
            description =
                    "What to write: torchscript (network and weights, for torch.jit.load) or safetensors (weights).")
    private Format format;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "The file to write; replaced if it is there.")
    private Path output;

    @Option(
            names = "--member",
            paramLabel = "N",
            description = "Which network of an ensemble, counted from 0 in the order of 'model show'.")
    private Integer member;

    @Override
    public Integer call() {
        ModelPackage model = ModelPackage.open(directory);
        Path archive = model.weights().get(member(model.weights().size()));
        Path target = output.toAbsolutePath();
        try (Scratch scratch = Scratch.in(target.getParent())) {
            Path written = scratch.path().resolve("export");
            switch (format) {
                case TORCHSCRIPT -> Files.copy(archive, written);
                case SAFETENSORS -> {
                    Weights weights = CheckpointReader.read(archive).weights();
                    SafetensorsWriter.write(written, weights, model.manifest().precision());
                }
            }
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException e) {
            throw new JobException(FailureCode.OUTPUT_FAILED, "the file cannot be written; check its folder", e);
        }
        spec.commandLine().getOut().println("wrote " + output);
        return ExitCode.OK;
    }

    private int member(int members) {
        int chosen = member == null ? 0 : member;
        if (member == null && members > 1 || chosen < 0 || chosen >= members) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the package has " + members + " networks: give --member 0 to " + (members - 1));
        }
        return chosen;
    }
}
