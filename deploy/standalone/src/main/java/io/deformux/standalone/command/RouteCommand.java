package io.deformux.standalone.command;

import io.deformux.node.FolderEvents;
import io.deformux.pacs.SeriesEvents;
import io.deformux.routing.RoutingRules;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.ScanArrived;
import io.deformux.standalone.option.ArchiveOptions;
import io.deformux.standalone.option.RulesOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What rules make of a series, before they are let loose. */
@Command(
        name = "route",
        description = "Prints the events that rules would send for a study or series, a line of JSON each, and sends"
                + " nothing. Prints nothing where no rule takes it.",
        mixinStandardHelpOptions = true)
public final class RouteCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RulesOption rules;

    @Option(names = "--orthanc", paramLabel = "URL", description = "Orthanc's address, as http://localhost:8042.")
    private URI orthanc;

    @Option(names = "--uid", description = "The Study or Series Instance UID of what Orthanc has.")
    private String uid;

    @Option(
            names = "--input",
            paramLabel = "DIR",
            description = "Instead of both, a folder of images, as if they were sent to a DICOM node.")
    private Path input;

    @Mixin
    private ArchiveOptions archive;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if ((input == null) != (orthanc != null && uid != null)) {
            throw new ParameterException(spec.commandLine(), "--input is needed, or --orthanc and --uid");
        }
        RoutingRules read = rules.read();
        List<ScanArrived> events = input == null
                ? SeriesEvents.ofUid(
                        archive.archive(orthanc),
                        uid,
                        read,
                        archive.address(orthanc).dicomWeb())
                : FolderEvents.of(
                        input, read, input.toAbsolutePath().normalize().toUri());
        EventCodec codec = new EventCodec();
        PrintWriter out = spec.commandLine().getOut();
        events.forEach(event -> out.println(codec.toJson(event)));
        out.flush();
        return ExitCode.OK;
    }
}
