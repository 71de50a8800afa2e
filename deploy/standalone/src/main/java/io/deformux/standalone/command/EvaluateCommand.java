package io.deformux.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.evaluation.LabelScore;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.nifti.NiftiReader;
import io.deformux.volume.LabelMap;
import io.deformux.worker.infer.settings.SegmentationSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How well segmentations fit the truth. */
@Command(
        name = "evaluate",
        description = "Compares label maps with the truth: Dice, HD95 and surface Dice (NSD) per label, background left"
                + " out. Cases of two folders are matched by file name.",
        mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--predictions",
            required = true,
            paramLabel = "PATH",
            description = "A label map (NIfTI), or a folder of them.")
    private Path predictions;

    @Option(names = "--labels", required = true, paramLabel = "PATH", description = "The truth, likewise.")
    private Path labels;

    @Option(
            names = "--tolerance",
            paramLabel = "MM",
            description = "Surfaces closer than this agree, for NSD (default: ${DEFAULT-VALUE} mm).")
    private double tolerance = 1;

    @Option(names = "--json", description = "Prints JSON instead of a table; NaN and infinity as null.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<EvaluationReport.Case> cases = new ArrayList<>();
        for (Map.Entry<String, Path> truth : files(labels).entrySet()) {
            Path prediction = Files.isDirectory(predictions) ? predictions.resolve(truth.getKey()) : predictions;
            if (Files.notExists(prediction)) {
                throw new JobException(
                        FailureCode.INPUT_NOT_FOUND,
                        "there is no prediction for " + truth.getKey() + "; name it like its truth");
            }
            cases.add(new EvaluationReport.Case(truth.getKey(), score(prediction, truth.getValue())));
        }
        EvaluationReport report = new EvaluationReport(cases);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(report.json()));
        } else {
            report.table().forEach(out::println);
        }
        return ExitCode.OK;
    }

    /** One file, or those of a folder, by name. */
    private static Map<String, Path> files(Path path) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        if (Files.isDirectory(path)) {
            try (Stream<Path> all = Files.list(path)) {
                all.filter(file -> file.toString().matches(".*\\.nii(\\.gz)?"))
                        .forEach(file -> files.put(file.getFileName().toString(), file));
            }
        } else if (Files.exists(path)) {
            files.put(path.getFileName().toString(), path);
        }
        if (files.isEmpty()) {
            throw new JobException(FailureCode.INPUT_NOT_FOUND, "no label map (.nii, .nii.gz) is at " + path);
        }
        return files;
    }

    private List<LabelScore> score(Path prediction, Path truth) {
        NiftiReader reader = new NiftiReader(SegmentationSettings.MAX_VOXELS);
        LabelMap predicted = reader.readLabels(prediction);
        LabelMap expected = reader.readLabels(truth);
        int classes = 1 + Math.max(largest(predicted), largest(expected));
        try {
            return LabelScore.perLabel(predicted, expected, classes, tolerance);
        } catch (IllegalArgumentException e) {
            throw new JobException(
                    FailureCode.DATASET_GEOMETRY_MISMATCH, truth.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private static int largest(LabelMap map) {
        long[] counts = map.counts();
        return IntStream.range(0, counts.length)
                .filter(label -> counts[label] > 0)
                .max()
                .orElse(0);
    }
}
