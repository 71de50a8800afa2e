package io.deformux.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.worker.infer.settings.SegmentationSettings;
import io.deformux.worker.train.check.DatasetReport;
import io.deformux.worker.train.check.LabelCount;
import io.deformux.worker.train.dataset.DatasetFinding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All that is wrong with a data set, at once. */
@Command(
        name = "check",
        description = {
            "Reads a data set as a training would, every file of it, and prints all that is wrong or odd.",
            "Ends with 0 if a training can begin and with 1 if not."
        },
        mixinStandardHelpOptions = true)
final class DatasetCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            description =
                    "The folder: Medical Segmentation Decathlon, nnU-Net, a MONAI data list, or plain imagesTr and"
                            + " labelsTr.")
    private Path directory;

    @Option(
            names = "--labels",
            split = ",",
            paramLabel = "NAME",
            description = "Label names by value for folders that name none (default: ${DEFAULT-VALUE}).")
    private List<String> labels = List.of("background", "foreground");

    @Option(names = "--json", description = "Prints JSON instead of text.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        DatasetReport report = DatasetReport.of(directory, labels, SegmentationSettings.MAX_VOXELS);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(tree(report)));
        } else {
            print(report, out);
        }
        return report.sound() ? ExitCode.OK : ExitCode.JOB_FAILED;
    }

    private static void print(DatasetReport report, PrintWriter out) {
        out.println("layout  " + report.layout().orElse("none that is known"));
        if (report.channels().size() > 1) {
            out.println("images  " + String.join(", ", report.channels()));
        }
        out.println("cases   " + report.cases());
        for (int value = 0; value < report.labels().size(); value++) {
            LabelCount label = report.labels().get(value);
            out.println("label   " + value + " " + label.name() + ": " + label.voxels() + " voxels in " + label.cases()
                    + " cases");
        }
        report.findings().forEach(finding -> out.println(word(finding) + ": " + finding.message()));
        if (report.left() > 0) {
            out.println("and " + report.left() + " findings more");
        }
        out.println(report.sound() ? "a training can begin" : "no training can begin");
    }

    private static Map<String, Object> tree(DatasetReport report) {
        List<Object> labels = new ArrayList<>();
        report.labels()
                .forEach(label ->
                        labels.add(Map.of("name", label.name(), "cases", label.cases(), "voxels", label.voxels())));
        List<Object> findings = new ArrayList<>();
        for (DatasetFinding finding : report.findings()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("severity", word(finding));
            one.put("code", finding.code().name());
            one.put("message", finding.message());
            findings.add(one);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("layout", report.layout().orElse(null));
        tree.put("channels", report.channels());
        tree.put("cases", report.cases());
        tree.put("labels", labels);
        tree.put("findings", findings);
        tree.put("findingsLeftOut", report.left());
        tree.put("sound", report.sound());
        return tree;
    }

    private static String word(DatasetFinding finding) {
        return finding.severity().name().toLowerCase(Locale.ROOT);
    }
}
