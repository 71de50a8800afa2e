package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.nifti.NiftiWriter;
import io.deformux.standalone.Deformux;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private int evaluate(String... more) {
        CommandLine command =
                Deformux.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] arguments = new String[5 + more.length];
        arguments[0] = "evaluate";
        arguments[1] = "--predictions";
        arguments[2] = predictions.toString();
        arguments[3] = "--labels";
        arguments[4] = labels.toString();
        System.arraycopy(more, 0, arguments, 5, more.length);
        return command.execute(arguments);
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
