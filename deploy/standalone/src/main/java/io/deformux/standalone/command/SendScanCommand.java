package io.deformux.standalone.command;

import io.deformux.messaging.event.EventPublisher;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.OutputChoice;
import io.deformux.schemas.Priority;
import io.deformux.schemas.ScanArrived;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.OutputChoiceOptions;
import io.deformux.standalone.option.Reference;
import io.deformux.standalone.option.ScanInput;
import io.deformux.standalone.option.SegOptions;
import io.deformux.standalone.option.SeriesOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A scan-arrived event by hand. */
@Command(
        name = "scan",
        description = "Publishes a scan-arrived event and prints its job id.",
        mixinStandardHelpOptions = true)
final class SendScanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "PATH|URI",
            description = "A DICOM series or NIfTI file, as the workers see it; a path becomes a file: URI.")
    private String input;

    @Option(names = "--kind", description = "dicom or nifti; needed with a URI (default for a path: by its content).")
    private Kind kind;

    @Option(names = "--sha256", description = "The digest the input must have.")
    private String sha256;

    @Mixin
    private SeriesOptions series;

    @Option(names = "--model", required = true, description = "The model's name in the workers' store.")
    private String model;

    @Option(names = "--model-version", description = "Its version (default: the newest).")
    private String version;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "PATH|URI",
            description = "Where the workers store the outputs.")
    private String output;

    @Option(
            names = "--dicom-output",
            paramLabel = "PATH|URI",
            description = "Where the DICOM segmentation goes instead, as a PACS: dicomweb://HOST/PATH/studies.")
    private String dicomOutput;

    @Mixin
    private SegOptions seg;

    @Mixin
    private OutputChoiceOptions choice;

    @Option(
            names = "--priority",
            description = "An urgent scan goes before all routine ones that have not begun (default: routine).")
    private Priority priority;

    @Option(names = "--job-id", description = "The job's id (default: a random one).")
    private String jobId = UUID.randomUUID().toString();

    @Override
    public Integer call() {
        ScanArrived event = new ScanArrived(
                jobId,
                inputReference(),
                new ModelReference(model, Optional.ofNullable(version)),
                Reference.of(output),
                Optional.ofNullable(dicomOutput).map(Reference::of),
                seg.kind(),
                Optional.ofNullable(priority),
                Optional.of(choice.asked()).filter(asked -> !asked.equals(OutputChoice.NONE)));
        try (EventPublisher publisher = new EventPublisher(kafka.connection(), URI.create("/deformux/send"))) {
            publisher.publish(event);
        }
        spec.commandLine().getOut().println(jobId);
        return ExitCode.OK;
    }

    private InputReference inputReference() {
        if (Reference.isUri(input)) {
            if (kind == null) {
                throw new ParameterException(spec.commandLine(), "--kind is needed when --input is a URI");
            }
            return reference(URI.create(input), kind);
        }
        InputReference local = ScanInput.reference(Path.of(input));
        return reference(local.uri(), kind == null ? local.kind() : kind);
    }

    private InputReference reference(URI uri, Kind known) {
        return series.of(uri, known, Optional.ofNullable(sha256));
    }
}
