package io.deformux.standalone.command;

import io.deformux.messaging.event.EventPublisher;
import io.deformux.routing.WantedJob;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.OutputChoice;
import io.deformux.schemas.Priority;
import io.deformux.schemas.ScanArrived;
import io.deformux.standalone.option.ChannelOptions;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.OutputChoiceOptions;
import io.deformux.standalone.option.OutputOptions;
import io.deformux.standalone.option.Reference;
import io.deformux.standalone.option.ScanInput;
import io.deformux.standalone.option.SegOptions;
import io.deformux.standalone.option.SeriesOptions;
import io.deformux.standalone.option.StudyOptions;
import io.deformux.worker.infer.outputs.OutputRole;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A scan-arrived event by hand. */
@Command(
        name = "scan",
        description = "Publishes a scan-arrived event and prints its job id.",
        mixinStandardHelpOptions = true)
final class SendScanCommand implements Callable<Integer> {
    static final Set<String> OF_ONE_INPUT =
            Set.of("--kind", "--sha256", "--series", "--acquisition", "--uneven-slices", "--channel", "--job-id");
    static final Set<String> OF_A_STUDY = Set.of("--orthanc", "--rules", "--dicom-web", "--credentials");
    static final Set<String> SAID_BY_RULES = Set.of(
            "--model",
            "--model-version",
            "--output",
            "--dicom-output",
            "--dicom-seg-kind",
            "--priority",
            "--classes",
            "--statistics",
            "--probability-grid",
            "--probability-type",
            "--radiomics",
            "--radiomics-bins",
            "--add-outputs");

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--input",
            paramLabel = "PATH|URI",
            description = "A DICOM series or NIfTI file, as the workers see it; a path becomes a file: URI.")
    private String input;

    @Option(names = "--kind", description = "dicom or nifti; needed with a URI (default for a path: by its content).")
    private Kind kind;

    @Option(names = "--sha256", description = "The digest the input must have.")
    private String sha256;

    @Mixin
    private SeriesOptions series;

    @Mixin
    private ChannelOptions channels;

    @Mixin
    private StudyOptions study;

    @Option(names = "--model", description = "The model's name in the workers' store.")
    private String model;

    @Option(names = "--model-version", description = "Its version (default: the newest).")
    private String version;

    @Option(names = "--output", paramLabel = "PATH|URI", description = "Where the workers store the outputs.")
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
            names = "--add-outputs",
            split = ",",
            paramLabel = "ROLE",
            converter = OutputOptions.Roles.class,
            description = "What is stored besides what the worker stores, parted by commas, as class-mask or"
                    + " probabilities; roles are those of a worker's --outputs (default: nothing else).")
    private List<OutputRole> roles = List.of();

    @Option(
            names = "--priority",
            description = "An urgent scan goes before all routine ones that have not begun (default: routine).")
    private Priority priority;

    @Option(names = "--job-id", description = "The job's id (default: a random one).")
    private String jobId;

    @Override
    public Integer call() throws IOException, InterruptedException {
        require((input == null) == study.isGiven(), "--input or --orthanc-study is needed, and not both");
        boolean byRules = study.isGiven() && study.hasRules();
        require(byRules || (model != null && output != null), "--model and --output are needed");
        if (study.isGiven()) {
            refuse(OF_ONE_INPUT, "goes with --input, and --orthanc-study may give several scans");
        } else {
            refuse(OF_A_STUDY, "goes with --orthanc-study");
        }
        if (byRules) {
            refuse(SAID_BY_RULES, "is what --rules say of each series");
        }
        List<ScanArrived> events = study.isGiven()
                ? study.events(byRules ? Optional.empty() : Optional.of(job()))
                : List.of(job().event(
                                jobId == null ? UUID.randomUUID().toString() : jobId,
                                series.of(located(input), Optional.ofNullable(sha256))));
        try (EventPublisher publisher = new EventPublisher(kafka.connection(), URI.create("/deformux/send"))) {
            events.forEach(publisher::publish);
        }
        events.forEach(event -> spec.commandLine().getOut().println(event.jobId()));
        if (events.isEmpty()) {
            spec.commandLine().getErr().println("deformux: no series of the study is taken");
        }
        return events.isEmpty() ? ExitCode.JOB_FAILED : ExitCode.OK;
    }

    /** Nothing that is given is passed over in silence. */
    private void refuse(Set<String> names, String why) {
        spec.commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(names::contains)
                .findFirst()
                .ifPresent(given -> require(false, given + " " + why));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private WantedJob job() {
        return new WantedJob(
                new ModelReference(model, Optional.ofNullable(version)),
                Reference.of(output),
                Optional.ofNullable(dicomOutput).map(Reference::of),
                seg.kind(),
                Optional.ofNullable(priority),
                Optional.of(asked()).filter(asked -> !asked.equals(OutputChoice.NONE)),
                channels.references(this::located));
    }

    private OutputChoice asked() {
        return choice.asked()
                .withRoles(Optional.of(roles.stream()
                                .map(OutputRole::wanted)
                                .distinct()
                                .toList())
                        .filter(wanted -> !wanted.isEmpty()));
    }

    /** Where an image lies and what it is, as far as that can be seen. */
    private InputReference located(String text) {
        if (Reference.isUri(text)) {
            if (kind == null) {
                throw new ParameterException(spec.commandLine(), "--kind is needed when an input is a URI");
            }
            return new InputReference(URI.create(text), kind, Optional.empty());
        }
        InputReference local = ScanInput.reference(Path.of(text));
        return new InputReference(local.uri(), kind == null ? local.kind() : kind, Optional.empty());
    }
}
