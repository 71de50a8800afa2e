package io.deformux.standalone.command;

import io.deformux.model.ModelStore;
import io.deformux.schemas.Event;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingFailed;
import io.deformux.schemas.TrainingRequested;
import io.deformux.standalone.option.DeviceOptions;
import io.deformux.standalone.option.RecipeOptions;
import io.deformux.standalone.option.TrainingOptions;
import io.deformux.standalone.run.OwnFolder;
import io.deformux.standalone.run.TrainingRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A training without a cluster: the same events, with broker and worker in this process. */
@Command(
        name = "train",
        description = {
            "Trains the folds of a cross-validation with a broker and a worker in this process, and publishes their",
            "ensemble. Below --output: models (the model store) and the training's own folder with checkpoints and",
            "TensorBoard curves. The same training started again goes on from there; another one gets its own folder.",
            "The last line is the mean Dice per label and over all of them."
        },
        mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RecipeOptions recipe;

    @Mixin
    private TrainingOptions options;

    @Option(names = "--model", description = "The name of the model to publish (default: ${DEFAULT-VALUE}).")
    private String model = "trained";

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "Where all of it goes.")
    private Path output;

    @Option(
            names = "--training-id",
            description = "The training's id (default: train, or if another training has that, train-2 and so on).")
    private Optional<String> trainingId = Optional.empty();

    @Mixin
    private DeviceOptions device;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait for the end (default: ${DEFAULT-VALUE}).")
    private long timeoutSeconds = Duration.ofDays(7).toSeconds();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        recipe.requireDataset();
        Path root = output.toAbsolutePath().normalize();
        ModelStore models = new ModelStore(Files.createDirectories(root.resolve("models")));
        TrainingRequested request = OwnFolder.claim(
                root,
                trainingId,
                "train",
                (id, folder) -> new TrainingRequested(id, options.training(recipe), model, folder.toUri()));
        Optional<Event> end = TrainingRun.alone(
                models, device.device(), out, run -> run.run(request, Duration.ofSeconds(timeoutSeconds)));
        return report(end, out);
    }

    private static int report(Optional<Event> end, PrintWriter out) {
        if (end.isEmpty()) {
            out.println("the training did not end in time; start it again to go on");
            return ExitCode.TIMEOUT;
        }
        if (end.get() instanceof TrainingFailed failed) {
            out.println("the training failed: " + failed.code() + ": " + failed.message());
            return ExitCode.JOB_FAILED;
        }
        TrainingCompleted completed = (TrainingCompleted) end.get();
        out.println("model: " + Path.of(completed.modelUri()));
        out.println(TrainingRun.summary(completed.dice()));
        return ExitCode.OK;
    }
}
