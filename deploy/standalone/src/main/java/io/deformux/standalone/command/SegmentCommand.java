package io.deformux.standalone.command;

import io.deformux.model.ModelPackage;
import io.deformux.model.ModelStore;
import io.deformux.schemas.ChannelReference;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.standalone.option.ChannelOptions;
import io.deformux.standalone.option.ComputeOptions;
import io.deformux.standalone.option.DeviceOptions;
import io.deformux.standalone.option.OutputOptions;
import io.deformux.standalone.option.ScanInput;
import io.deformux.standalone.option.ScratchOption;
import io.deformux.standalone.option.SeriesOptions;
import io.deformux.standalone.run.ProgressBar;
import io.deformux.standalone.run.ResultSummary;
import io.deformux.standalone.run.Terminal;
import io.deformux.storage.AccessPolicy;
import io.deformux.worker.infer.SegmentationRuntime;
import io.deformux.worker.infer.result.UnmetWish;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.infer.stage.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One job without Kafka. */
@Command(
        name = "segment",
        description =
                "Segments one scan without Kafka and prints the result: a summary on a terminal, elsewhere the event as"
                        + " JSON.",
        mixinStandardHelpOptions = true)
public final class SegmentCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "PATH",
            description = "A DICOM series (folder, file or archive) or a volume file (NIfTI, MetaImage, NRRD).")
    private Path input;

    @Mixin
    private SeriesOptions series;

    @Mixin
    private ChannelOptions channels;

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "A model package.")
    private Path model;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "Where the outputs go.")
    private Path output;

    @Option(names = "--job-id", description = "Names the output folder (default: ${DEFAULT-VALUE}).")
    private String jobId = "segment";

    @Mixin
    private OutputOptions outputs;

    @Mixin
    private ScratchOption scratch;

    @Mixin
    private DeviceOptions device;

    @Mixin
    private ComputeOptions compute;

    @Override
    public Integer call() throws IOException {
        InputReference path = ScanInput.reference(input);
        InputReference reference = series.of(path.uri(), path.kind(), path.sha256());
        Optional<List<ChannelReference>> others = channels.references(other -> ScanInput.reference(Path.of(other)));
        ModelPackage opened = ModelPackage.open(model);
        Path target = output.toAbsolutePath().normalize();
        SegmentationSettings settings = outputs.settings(scratch.folder(), SegmentationSettings.MAX_VOXELS);
        ScanArrived job = new ScanArrived(
                jobId,
                reference,
                new ModelReference(opened.id().name(), Optional.empty()),
                target.toUri(),
                Optional.empty(),
                outputs.segKind(),
                Optional.empty(),
                Optional.of(outputs.wishes()),
                others);
        requireMet(UnmetWish.of(job, settings.choice(), settings.outputs(), reference.kind() == Kind.DICOM));
        Files.createDirectories(target);
        if (!Files.isWritable(target)) { // else that is told when all is computed
            throw new AccessDeniedException(target.toString());
        }
        AccessPolicy access = AccessPolicy.files(roots(reference, others), List.of(target));
        ProgressBar bar = ProgressBar.onStandardError();
        try (SegmentationRuntime runtime = SegmentationRuntime.create(
                new ModelStore(opened.directory()), access, settings, compute.on(device.device()))) {
            SegmentationCompleted completed =
                    runtime.job().run(job, (done, total) -> bar.update(Stage.INFER.wireName(), done, total, "windows"));
            bar.finish();
            PrintWriter out = spec.commandLine().getOut();
            if (Terminal.STANDARD_OUTPUT.isSeen()) {
                new ResultSummary(completed).lines().forEach(out::println);
            } else {
                out.println(new EventCodec().toJson(completed));
            }
        }
        return ExitCode.OK;
    }

    /** Here a person can still be asked, where a job is done all the same and says so. */
    private void requireMet(List<UnmetWish> unmet) {
        unmet.stream().findFirst().ifPresent(wish -> {
            throw new ParameterException(spec.commandLine(), option(wish.name()) + " needs " + wish.needs());
        });
    }

    /** The option that says what the field of an event does. */
    private static String option(String field) {
        return field.equals("roles")
                ? "--outputs"
                : "--" + field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static List<Path> roots(InputReference input, Optional<List<ChannelReference>> others) {
        List<Path> roots = new ArrayList<>(List.of(Path.of(input.uri())));
        others.orElse(List.of())
                .forEach(other -> roots.add(Path.of(other.input().uri())));
        return roots;
    }
}
