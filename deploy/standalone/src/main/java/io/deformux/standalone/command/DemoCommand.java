package io.deformux.standalone.command;

import io.deformux.model.ModelPackage;
import io.deformux.nifti.NiftiWriter;
import io.deformux.schemas.Event;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.standalone.demo.ClosedLoop;
import io.deformux.standalone.demo.DemoRun;
import io.deformux.standalone.demo.OutputCheck;
import io.deformux.standalone.demo.Phantom;
import io.deformux.standalone.option.LibraryOptions;
import io.deformux.standalone.option.ScanInput;
import io.deformux.standalone.packaging.RandomModel;
import io.deformux.storage.Scratch;
import io.deformux.volume.Shape3;
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

/** The whole way of a scan in one process. */
@Command(
        name = "demo",
        description = {
            "Closes the loop in one process: generates phantoms with organs, trains three folds of a small network by",
            "message, publishes the ensemble, sends a new phantom as a DICOM series, waits for its segmentation, checks",
            "the outputs and prints the Dice against the truth.",
            "With --input or --model nothing is trained: one scan goes through a worker and comes back."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    /** Enough for large organs; a few minutes on two cores. */
    private static final int ITERATIONS = 250;

    private static final Shape3 PHANTOM_SHAPE = new Shape3(140, 110, 60);
    private static final double[] PHANTOM_SPACING_MM = {2.4, 2.4, 3.0};

    @Spec
    private CommandSpec spec;

    @Mixin
    private LibraryOptions library;

    @Option(
            names = "--input",
            paramLabel = "PATH",
            description =
                    "A DICOM series folder or a NIfTI file (with --model, the default is a small generated scan).")
    private Path input;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "A model package (with --input, the default is a small one with random weights, which finds nothing real).")
    private Path model;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Keeps the outputs there (default: they are deleted at the end).")
    private Path output;

    @Option(names = "--iterations", description = "Steps per fold of the training (default: ${DEFAULT-VALUE}).")
    private int iterations = ITERATIONS;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait for the result (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds = 1800;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        long start = System.nanoTime();
        try (Scratch work = Scratch.in(Path.of(System.getProperty("java.io.tmpdir"), "deformux"))) {
            Optional<Event> result =
                    input == null && model == null ? closedLoop(work.path(), out) : oneScan(work.path(), out);
            int code = report(result, out);
            out.printf("total time: %.1f s%n", (System.nanoTime() - start) / 1e9);
            return code;
        }
    }

    private Optional<Event> closedLoop(Path work, PrintWriter out) throws IOException {
        return new ClosedLoop(work, target(work), iterations, Duration.ofSeconds(timeoutSeconds), out).run();
    }

    private Optional<Event> oneScan(Path work, PrintWriter out) throws IOException {
        Path scan = input == null ? phantom(work) : input;
        Path target = target(work);
        ModelPackage chosen =
                model == null ? RandomModel.small().write(work.resolve("model")) : ModelPackage.open(model);
        return DemoRun.of(work, chosen, ScanInput.reference(scan), target, out).run(Duration.ofSeconds(timeoutSeconds));
    }

    private Path target(Path work) throws IOException {
        return Files.createDirectories(
                output == null
                        ? work.resolve("outputs")
                        : output.toAbsolutePath().normalize());
    }

    private static int report(Optional<Event> result, PrintWriter out) {
        if (result.isEmpty()) {
            out.println("no result event came in time");
            return ExitCode.TIMEOUT;
        }
        if (result.get() instanceof SegmentationFailed failed) {
            out.println("the job failed: " + failed.code() + ": " + failed.message());
            return ExitCode.JOB_FAILED;
        }
        return OutputCheck.check((SegmentationCompleted) result.get(), out) ? ExitCode.OK : ExitCode.JOB_FAILED;
    }

    private static Path phantom(Path folder) {
        Path file = folder.resolve("phantom.nii.gz");
        new NiftiWriter()
                .write(Phantom.generate(PHANTOM_SHAPE, PHANTOM_SPACING_MM, 1).volume(), file);
        return file;
    }
}
