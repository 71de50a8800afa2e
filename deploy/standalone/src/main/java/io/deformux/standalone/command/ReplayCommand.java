package io.deformux.standalone.command;

import io.deformux.messaging.rerun.Rerun;
import io.deformux.messaging.rerun.Rerun.Fate;
import io.deformux.messaging.rerun.RerunDesk;
import io.deformux.messaging.rerun.RerunFilter;
import io.deformux.messaging.rerun.RerunTarget;
import io.deformux.messaging.rerun.RerunTarget.DicomPlace;
import io.deformux.schemas.Priority;
import io.deformux.standalone.option.InstantConverter;
import io.deformux.standalone.option.KafkaOptions;
import io.deformux.standalone.option.Reference;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Scans that were segmented, with another model. */
@Command(
        name = "replay",
        description =
                "Has scans segmented again by another model or version: those of results that Kafka still has and that"
                        + " fit. Prints a line for each, with the old job, the new one and what becomes of it. A scan that the"
                        + " model has done, or was asked for before, is not asked for again.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafka;

    @Option(names = "--model", required = true, description = "The name of the model that is to do them.")
    private String model;

    @Option(names = "--model-version", required = true, description = "Its version.")
    private String version;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Results of then or later, as 2026-03-01 or 2026-03-01T12:00:00Z.")
    private Optional<Instant> since = Optional.empty();

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Results of before then.")
    private Optional<Instant> until = Optional.empty();

    @Option(names = "--of-model", description = "Results of the model of this name.")
    private Optional<String> ofModel = Optional.empty();

    @Option(names = "--of-version", description = "Results of this version of a model.")
    private Optional<String> ofVersion = Optional.empty();

    @Option(names = "--label", description = "Results in which the label of this name was found.")
    private Optional<String> label = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "PATH|URI",
            description = "Where the workers store the outputs (default: where those of the old job went).")
    private Optional<String> output = Optional.empty();

    @Option(
            names = "--dicom-output",
            paramLabel = "PATH|URI",
            description =
                    "Where DICOM objects go instead, as a PACS: dicomweb://HOST/PATH/studies (default: where those"
                            + " of the old job went).")
    private Optional<String> dicomOutput = Optional.empty();

    @Option(
            names = "--no-dicom-output",
            description = "DICOM objects go where the other outputs go, also those of old jobs that went to a PACS.")
    private boolean noDicomOutput;

    @Option(
            names = "--priority",
            description = "An urgent scan goes before all routine ones that have not begun (default: routine).")
    private Optional<Priority> priority = Optional.empty();

    @Option(
            names = "--with-channels",
            description = "Of scans of several images send all to a model of another name, which sees them all too"
                    + " (default: only the first one).")
    private boolean withChannels;

    @Option(names = "--dry-run", description = "Send nothing; only print what would become of each.")
    private boolean dryRun;

    @Override
    public Integer call() {
        RerunDesk desk = new RerunDesk(kafka.connection());
        List<Rerun> reruns = desk.plan(
                new RerunFilter(since, until, ofModel, ofVersion, label),
                new RerunTarget(model, version, output.map(Reference::of), dicomPlace(), priority, withChannels));
        if (!dryRun) {
            desk.send(reruns);
        }
        PrintWriter out = spec.commandLine().getOut();
        reruns.forEach(rerun -> out.println(rerun.of() + " " + rerun.jobId() + " " + said(rerun.fate())));
        out.flush();
        return ExitCode.OK;
    }

    private DicomPlace dicomPlace() {
        if (noDicomOutput && dicomOutput.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--dicom-output and --no-dicom-output do not go together");
        }
        return noDicomOutput
                ? new DicomPlace.WithTheOthers()
                : dicomOutput
                        .map(Reference::of)
                        .<DicomPlace>map(DicomPlace.To::new)
                        .orElseGet(DicomPlace.AsBefore::new);
    }

    private String said(Fate fate) {
        return switch (fate) {
            case TO_SEND -> dryRun ? "would be sent" : "sent";
            case DONE_BEFORE -> "done or asked for before";
            case REQUEST_GONE -> "cannot be: Kafka has forgotten its request";
        };
    }
}
