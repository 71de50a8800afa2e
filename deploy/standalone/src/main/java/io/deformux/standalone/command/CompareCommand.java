package io.deformux.standalone.command;

import io.deformux.model.ModelStore;
import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.ComparisonFailed;
import io.deformux.schemas.ComparisonRequested;
import io.deformux.schemas.Event;
import io.deformux.standalone.option.ComparedNetworksOptions;
import io.deformux.standalone.option.DeviceOptions;
import io.deformux.standalone.option.RecipeOptions;
import io.deformux.standalone.run.OwnFolder;
import io.deformux.standalone.run.TrainingRun;
import io.deformux.worker.train.comparison.ComparisonReport;
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

/** A comparison without a cluster: the same events, with broker and worker in this process. */
@Command(
        name = "compare",
        description = {
            "Trains several networks on the same folds with a broker and a worker in this process, and prints a table of",
            "them. Below --output: models (the model store) and the comparison's own folder with checkpoints, TensorBoard",
            "curves and the table as JSON, CSV and Markdown. The same comparison started again goes on from there; another",
            "one gets its own folder."
        },
        mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RecipeOptions recipe;

    @Mixin
    private ComparedNetworksOptions networks;

    @Option(
            names = "--model",
            description = "What the names of the published models begin with (default: ${DEFAULT-VALUE}).")
    private String model = "compared";

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "Where all of it goes.")
    private Path output;

    @Option(
            names = "--comparison-id",
            description =
                    "The comparison's id (default: compare, or if another comparison has that, compare-2 and so on).")
    private Optional<String> comparisonId = Optional.empty();

    @Mixin
    private DeviceOptions device;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait for the end (default: ${DEFAULT-VALUE}).")
    private long timeoutSeconds = Duration.ofDays(30).toSeconds();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        recipe.requireDataset();
        Path root = output.toAbsolutePath().normalize();
        ModelStore models = new ModelStore(Files.createDirectories(root.resolve("models")));
        ComparisonRequested request = OwnFolder.claim(
                root, comparisonId, "compare", (id, folder) -> networks.request(recipe, id, model, folder.toUri()));
        Optional<Event> end = TrainingRun.alone(
                models, device.device(), out, run -> run.run(request, Duration.ofSeconds(timeoutSeconds)));
        return report(end, out);
    }

    private static int report(Optional<Event> end, PrintWriter out) {
        if (end.isEmpty()) {
            out.println("the comparison did not end in time; start it again to go on");
            return ExitCode.TIMEOUT;
        }
        if (end.get() instanceof ComparisonFailed failed) {
            out.println("the comparison failed: " + failed.code() + ": " + failed.message());
            failed.failed()
                    .forEach(network -> out.println(network.name() + ": " + network.code() + ": " + network.message()));
            return ExitCode.JOB_FAILED;
        }
        ComparisonCompleted completed = (ComparisonCompleted) end.get();
        out.println();
        new ComparisonReport(completed).plain().forEach(out::println);
        completed.networks().forEach(network -> out.println("model: " + Path.of(network.modelUri())));
        completed.files().forEach(file -> out.println("table: " + Path.of(file.uri())));
        return ExitCode.OK;
    }
}
