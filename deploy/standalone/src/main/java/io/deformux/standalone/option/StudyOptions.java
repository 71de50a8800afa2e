package io.deformux.standalone.option;

import io.deformux.pacs.SeriesEvents;
import io.deformux.routing.RoutingRules;
import io.deformux.routing.RoutingRulesReader;
import io.deformux.routing.Rule;
import io.deformux.routing.WantedJob;
import io.deformux.schemas.ScanArrived;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A study that an Orthanc has, as scans. */
public final class StudyOptions {
    @Option(
            names = "--orthanc-study",
            paramLabel = "UID",
            description =
                    "Instead of --input: the CT and MR series of a study of --orthanc, or one series, by Study or Series"
                            + " Instance UID. A job has the id that the bridge would give it.")
    private String study;

    @Option(names = "--orthanc", paramLabel = "URL", description = "Orthanc's address, as http://localhost:8042.")
    private URI orthanc;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Which series of the study go to which models, instead of --model and --output.")
    private Path rules;

    @Mixin
    private ArchiveOptions archive;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Whether a study is meant. */
    public boolean isGiven() {
        return study != null;
    }

    /** Whether rules say what is done with it. */
    public boolean hasRules() {
        return rules != null;
    }

    /**
     * The events of it.
     *
     * @param job what is done with each series where there are no rules
     * @throws IOException if Orthanc does not answer as it should, or has no such study
     */
    public List<ScanArrived> events(Optional<WantedJob> job) throws IOException, InterruptedException {
        if (orthanc == null) {
            throw new ParameterException(spec.commandLine(), "--orthanc-study needs --orthanc");
        }
        RoutingRules all =
                job.map(one -> new RoutingRules(List.of(Rule.everything(one)))).orElseGet(this::read);
        return SeriesEvents.ofUid(
                archive.archive(orthanc), study, all, archive.address(orthanc).dicomWeb());
    }

    private RoutingRules read() {
        try {
            return new RoutingRulesReader().read(rules);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--rules " + rules + ": " + e.getMessage(), e);
        }
    }
}
