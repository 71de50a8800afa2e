package io.deformux.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.standalone.evaluation.CasePair;
import io.deformux.standalone.evaluation.CasePairs;
import io.deformux.standalone.evaluation.EvaluationReport;
import io.deformux.standalone.evaluation.IgnoreLabel;
import io.deformux.standalone.evaluation.NnunetSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How well segmentations fit the truth. */
@Command(
        name = "evaluate",
        description = {
            "Compares label maps with the truth: Dice, HD95 and surface Dice (NSD) per label, background left out.",
            "Cases of two folders are matched by name: a prediction is named as its truth, a result of a job after the job"
                    + " or its scan. A structure that one side lacks has Dice and NSD 0 and ranks worst by distance; one"
                    + " that both lack is not counted. Each mean says how many cases it covers."
        },
        mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--predictions",
            paramLabel = "PATH",
            description =
                    "A label map (.nii, .nii.gz, .mha, .nrrd), a folder of them, or an output folder of a worker or"
                            + " of deformux segment.")
    private Path predictions;

    @Option(names = "--labels", paramLabel = "PATH", description = "The truth: a label map, or a folder of them.")
    private Path labels;

    @Option(
            names = "--pairs",
            paramLabel = "FILE",
            description = "What belongs together instead of names, a line \"prediction,truth\" per case; the names are"
                    + " relative to --predictions and --labels, or to the file's folder.")
    private Path pairs;

    @Option(
            names = "--tolerance",
            paramLabel = "MM",
            description = "Surfaces closer than this agree, for NSD (default: ${DEFAULT-VALUE} mm).")
    private double tolerance = 1;

    @Option(
            names = "--ignore-label",
            paramLabel = "N",
            description =
                    "Voxels of this value in a truth are left out: nobody knows what they are (default: the value of"
                            + " the label ignore in dataset.json, in the folder of the truths or the one above).")
    private Integer ignoreLabel;

    @Option(names = "--json", description = "Prints JSON instead of a table; NaN and infinity as null.")
    private boolean json;

    @Option(names = "--summary", paramLabel = "FILE", description = "Writes the scores as nnU-Net's summary.json too.")
    private Path summary;

    @Override
    public Integer call() throws JsonProcessingException {
        if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
            throw new ParameterException(spec.commandLine(), "--tolerance is 0 mm or more");
        }
        if (ignoreLabel != null && (ignoreLabel < 1 || ignoreLabel > 255)) {
            throw new ParameterException(spec.commandLine(), "--ignore-label is 1 to 255");
        }
        CasePairs found = pairs();
        OptionalInt ignored = ignored(found.pairs());
        EvaluationReport report = EvaluationReport.of(found.pairs().stream()
                .map(pair -> pair.score(tolerance, ignored))
                .toList());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(report.json()));
        } else {
            report.table().forEach(out::println);
        }
        for (Path left : found.leftOver()) {
            spec.commandLine().getErr().println("deformux: warning: no truth for " + left + ", it is not scored");
        }
        if (summary != null) {
            new NnunetSummary(report).write(summary);
        }
        return ExitCode.OK;
    }

    private OptionalInt ignored(List<CasePair> cases) {
        if (ignoreLabel != null) {
            return OptionalInt.of(ignoreLabel);
        }
        OptionalInt stated =
                IgnoreLabel.of(labels != null ? labels : cases.get(0).truth());
        stated.ifPresent(value -> spec.commandLine()
                .getErr()
                .println("deformux: voxels of the truth with the value " + value
                        + ", the ignore label of its dataset.json, are left out"));
        return stated;
    }

    private CasePairs pairs() {
        if (pairs != null) {
            Path folder = pairs.toAbsolutePath().getParent();
            return CasePairs.listed(
                    pairs, predictions == null ? folder : predictions, labels == null ? folder : labels);
        }
        if (predictions == null || labels == null) {
            throw new ParameterException(spec.commandLine(), "give --predictions and --labels, or --pairs");
        }
        return CasePairs.byName(predictions, labels);
    }
}
