package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deformux.nifti.NiftiWriter;
import io.deformux.standalone.Deformux;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.infer.result.SourceName;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {
    @TempDir
    private Path folder;

    private Path predictions;
    private Path labels;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private static final Geometry GRID = new Geometry(new Shape3(1, 1, 1), Affine.scaling(1, 1, 1));

    @BeforeEach
    void folders() throws IOException {
        predictions = Files.createDirectory(folder.resolve("predictions"));
        labels = Files.createDirectory(folder.resolve("labels"));
    }

    @Test
    void aTableWithDiceAndDistancesInMillimetres() {
        write(labels.resolve("a.nii.gz"), 2, 2);
        write(predictions.resolve("a.nii.gz"), 2, 2);
        write(labels.resolve("b.nii.gz"), 2, 2);
        write(predictions.resolve("b.nii.gz"), 3, 2);
        assertThat(evaluate("--tolerance", "1")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("a\\.nii\\.gz +1 +1\\.0000 +0\\.00 +1\\.0000"))
                // Two of the four planes of 2 mm spacing fit; the farthest plane is one spacing away.
                .anyMatch(line -> line.matches("b\\.nii\\.gz +1 +0\\.7500 +2\\.00 +0\\.\\d{4}"))
                .anyMatch(line -> line.matches("mean of 2 case\\(s\\) +1 +0\\.8750 +1\\.00 +0\\.\\d{4}"));
    }

    @Test
    void voxelsOfWhichTheTruthSaysNothingAreLeftOut() throws IOException {
        Geometry grid = new Geometry(new Shape3(1, 1, 6), Affine.scaling(1, 1, 1));
        new NiftiWriter().write(new LabelMap(grid, new byte[] {0, 1, 1, 2, 2, 0}), labels.resolve("a.nii.gz"));
        new NiftiWriter().write(new LabelMap(grid, new byte[] {0, 1, 1, 1, 0, 0}), predictions.resolve("a.nii.gz"));
        Path summary = folder.resolve("summary.json");

        assertThat(evaluate()).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .as("without one it is a structure")
                .anyMatch(line -> line.matches("a\\.nii\\.gz +1 +0\\.8000 .*"))
                .anyMatch(line -> line.matches("a\\.nii\\.gz +2 +0\\.0000 +missed .*"));
        out.getBuffer().setLength(0);
        assertThat(evaluate("--ignore-label", "2", "--summary", summary.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("a\\.nii\\.gz +1 +1\\.0000 +0\\.00 +1\\.0000"))
                .noneMatch(line -> line.matches("a\\.nii\\.gz +2 .*"));
        JsonNode metrics = new ObjectMapper().readTree(summary.toFile()).at("/metric_per_case/0/metrics/1");
        assertThat(metrics.path("TN").asInt()).isEqualTo(2);
        assertThat(metrics.path("FP").asInt()).isZero();
        assertThat(evaluate("--ignore-label", "0")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theDataSetOfTheTruthsSaysWhatIsIgnored() throws IOException {
        Geometry grid = new Geometry(new Shape3(1, 1, 4), Affine.scaling(1, 1, 1));
        new NiftiWriter().write(new LabelMap(grid, new byte[] {0, 1, 1, 2}), labels.resolve("a.nii.gz"));
        new NiftiWriter().write(new LabelMap(grid, new byte[] {0, 1, 1, 1}), predictions.resolve("a.nii.gz"));
        Files.writeString(
                folder.resolve("dataset.json"), "{\"labels\": {\"background\": 0, \"liver\": 1, \"ignore\": 2}}");

        assertThat(evaluate()).isEqualTo(ExitCode.OK);

        assertThat(out.toString().lines()).anyMatch(line -> line.matches("a\\.nii\\.gz +1 +1\\.0000 .*"));
        assertThat(err.toString()).contains("the value 2, the ignore label of its dataset.json");
    }

    @Test
    void jsonForMachines() throws IOException {
        write(labels.resolve("a.nii.gz"), 2, 2);
        write(predictions.resolve("a.nii.gz"), 2, 2);
        assertThat(evaluate("--json")).isEqualTo(ExitCode.OK);
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.at("/cases/0/dice").asDouble()).isEqualTo(1);
        assertThat(report.at("/means/0/hd95Mm").asDouble()).isEqualTo(0);
    }

    @Test
    void aMissingPredictionIsNamed() {
        write(labels.resolve("a.nii.gz"), 2, 2);
        assertThat(evaluate()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("a.nii.gz");
    }

    @Test
    void otherGridsAreRefused() {
        write(labels.resolve("a.nii.gz"), 2, 2);
        write(predictions.resolve("a.nii.gz"), 2, 1);
        assertThat(evaluate()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("DATASET_GEOMETRY_MISMATCH");
    }

    @Test
    void aStructureThatOneSideLacksIsTheWorstAndOneThatBothLackIsNotCounted() {
        write(labels.resolve("found.nii.gz"), 2, 2);
        write(predictions.resolve("found.nii.gz"), 2, 2);
        write(labels.resolve("missed.nii.gz"), 2, 2);
        empty(predictions.resolve("missed.nii.gz"));
        empty(labels.resolve("spurious.nii.gz"));
        write(predictions.resolve("spurious.nii.gz"), 2, 2);
        empty(labels.resolve("absent.nii.gz"));
        empty(predictions.resolve("absent.nii.gz"));
        assertThat(evaluate()).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("missed\\.nii\\.gz +1 +0\\.0000 +missed +0\\.0000"))
                .anyMatch(line -> line.matches("spurious\\.nii\\.gz +1 +0\\.0000 +spurious +0\\.0000"))
                .anyMatch(line -> line.matches("absent\\.nii\\.gz +1 +- +absent +-"))
                .anyMatch(line -> line.matches("mean of 3 of 4 case\\(s\\) +1 +0\\.3333 +inf +0\\.3333"))
                .anyMatch(line -> line.matches("mean of 1 of 4 case\\(s\\), found +1 +1\\.0000 +0\\.00 +1\\.0000"))
                .anyMatch(line -> line.matches("median of 3 of 4 case\\(s\\) +1 +0\\.0000 +inf +0\\.0000"))
                .anyMatch(line -> line.contains("missed in 1 case(s)") && line.contains("ranked worst"))
                .anyMatch(line -> line.contains("not counted in 1 case(s)"));
    }

    @Test
    void machinesAreToldOfEachMeanHowManyCasesItCovers() throws IOException {
        write(labels.resolve("a.nii.gz"), 2, 2);
        write(predictions.resolve("a.nii.gz"), 2, 2);
        write(labels.resolve("b.nii.gz"), 2, 2);
        empty(predictions.resolve("b.nii.gz"));
        assertThat(evaluate("--json")).isEqualTo(ExitCode.OK);
        JsonNode mean = new ObjectMapper().readTree(out.toString()).at("/means/0");
        assertThat(mean.path("cases").asInt()).isEqualTo(2);
        assertThat(mean.path("found").asInt()).isEqualTo(1);
        assertThat(mean.path("missed").asInt()).isEqualTo(1);
        assertThat(mean.path("dice").asDouble()).isEqualTo(0.5);
        assertThat(mean.path("hd95Mm").isNull()).isTrue();
        assertThat(mean.path("hd95MmOfFound").asDouble()).isZero();
    }

    /** By the formulas: 144 voxels of truth, 108 of them in a prediction of 144. */
    @Test
    void aSummaryAsNnunetWritesIt() throws IOException {
        write(labels.resolve("a.nii.gz"), 2, 2);
        write(predictions.resolve("a.nii.gz"), 3, 2);
        empty(labels.resolve("b.nii.gz"));
        empty(predictions.resolve("b.nii.gz"));
        Path file = folder.resolve("summary.json");
        assertThat(evaluate("--summary", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(file)).contains("\"Dice\" : NaN");
        JsonNode summary = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build()
                .readTree(file.toFile());
        JsonNode metrics = summary.at("/metric_per_case/0/metrics/1");
        assertThat(metrics.path("TP").asInt()).isEqualTo(108);
        assertThat(metrics.path("FP").asInt()).isEqualTo(36);
        assertThat(metrics.path("FN").asInt()).isEqualTo(36);
        assertThat(metrics.path("TN").asInt()).isEqualTo(1000 - 180);
        assertThat(metrics.path("n_ref").asInt()).isEqualTo(144);
        assertThat(metrics.path("IoU").asDouble()).isEqualTo(0.6);
        assertThat(summary.at("/mean/1/Dice").asDouble()).isEqualTo(0.75);
        assertThat(summary.at("/foreground_mean/Dice").asDouble()).isEqualTo(0.75);
        assertThat(summary.at("/metric_per_case/0/reference_file").asText()).endsWith("a.nii.gz");
    }

    @Test
    void resultsOfJobsAreFoundByTheJobAndByTheScanThatTheirTruthIsNamedAfter() throws IOException {
        write(labels.resolve("ct-7.nii.gz"), 2, 2);
        write(labels.resolve("c0.nii.gz"), 2, 2);
        result("ct-7", "whatever");
        result("job-2", "c0_0000");
        assertThat(evaluate()).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("mean of 2 case(s)").contains("1.0000");

        result("job-3", "c0");
        assertThat(evaluate()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("2 predictions for c0.nii.gz").contains("--pairs");
    }

    @Test
    void aFileOfPairsSaysWhatBelongsTogether() throws IOException {
        write(labels.resolve("truth.nii.gz"), 2, 2);
        write(predictions.resolve("one.nii.gz"), 3, 2);
        result("job", "scan");
        Path pairs = folder.resolve("pairs.csv");
        for (String prediction : List.of("one.nii.gz", "job-0123456789ab")) {
            Files.writeString(pairs, "# prediction, truth\n" + prediction + ", truth.nii.gz\n");
            assertThat(evaluate("--pairs", pairs.toString())).isEqualTo(ExitCode.OK);
        }
        assertThat(out.toString()).contains("0.7500").contains("1.0000");

        Files.writeString(pairs, "one.nii.gz,truth.nii.gz\njob-0123456789ab,truth.nii.gz\n");
        assertThat(evaluate("--pairs", pairs.toString())).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("twice");
    }

    @Test
    void aPredictionThatNobodyAskedForIsNamed() {
        write(labels.resolve("a.nii.gz"), 2, 2);
        write(predictions.resolve("a.nii.gz"), 2, 2);
        write(predictions.resolve("other.nii.gz"), 2, 2);
        assertThat(evaluate()).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("no truth for").contains("other.nii.gz");
    }

    @Test
    void anythingOfTheWrongKindIsToldInOneLine() throws IOException {
        write(labels.resolve("a.nii.gz"), 2, 2);
        Path file = predictions.resolve("a.nii.gz");
        Files.writeString(file, "no label map");
        assertThat(evaluate()).isEqualTo(ExitCode.UNAVAILABLE);
        new NiftiWriter()
                .write(
                        new Volume(GRID, new float[] {0.5f}),
                        Files.createDirectory(folder.resolve("x")).resolve("a.nii.gz"));
        Files.copy(folder.resolve("x/a.nii.gz"), file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(evaluate()).isEqualTo(ExitCode.UNAVAILABLE);
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(evaluate()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(run("evaluate")).isEqualTo(ExitCode.USAGE);
        assertThat(evaluate("--tolerance", "-1")).isEqualTo(ExitCode.USAGE);
        assertThat(run(
                        "evaluate",
                        "--predictions",
                        predictions.toString(),
                        "--labels",
                        folder.resolve("none").toString()))
                .isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).doesNotContain("\tat ").contains("a.nii.gz", "not an integer");
    }

    private int evaluate(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("evaluate", "--predictions", predictions.toString(), "--labels", labels.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        CommandLine command =
                Deformux.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    /** A result as a worker stores it, in a folder that was moved since. */
    private void result(String jobId, String source) throws IOException {
        Path job = predictions.resolve(jobId + "-0123456789ab");
        Path outputs = Files.createDirectories(job.resolve("fedcba987654"));
        write(outputs.resolve("labels.nii.gz"), 2, 2);
        String input = "a".repeat(64);
        Files.writeString(
                job.resolve("manifest.json"),
                """
                {"sourceNameSha256": "%s", "completed": {"jobId": "%s", "inputSha256": "%s",
                 "outputs": [{"role": "label-map", "uri": "file:///elsewhere/%s-0123456789ab/fedcba987654/labels.nii.gz"}]}}"""
                        .formatted(SourceName.digest(source, input), jobId, input, jobId));
    }

    private static void empty(Path file) {
        Shape3 shape = new Shape3(10, 10, 10);
        new NiftiWriter()
                .write(new LabelMap(new Geometry(shape, Affine.scaling(2, 2, 2)), new byte[shape.length()]), file);
    }

    /** A slab of label 1, four planes thick from plane {@code first} on. */
    private static void write(Path file, int first, double spacing) {
        Shape3 shape = new Shape3(10, 10, 10);
        byte[] values = new byte[shape.length()];
        for (int i = first; i < first + 4; i++) {
            for (int j = 2; j < 8; j++) {
                for (int k = 2; k < 8; k++) {
                    values[shape.index(i, j, k)] = 1;
                }
            }
        }
        Affine affine = Affine.of(spacing, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0);
        new NiftiWriter().write(new LabelMap(new Geometry(shape, affine), values), file);
    }
}
