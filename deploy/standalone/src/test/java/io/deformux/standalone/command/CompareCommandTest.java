package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.model.ModelStore;
import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.NetworkFigures;
import io.deformux.standalone.Deformux;
import io.deformux.standalone.demo.PhantomDataset;
import io.deformux.volume.Shape3;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison without a cluster. */
class CompareCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void networksAreComparedAndTheTableIsPrintedAndStored() throws IOException {
        new PhantomDataset(new Shape3(44, 56, 36), new double[] {8, 6, 8}).write(folder.resolve("dataset"), 4);

        int code = compare(
                "--networks",
                "ux-net,unetr",
                "--network-setting",
                "ux-net.featureSizes=4,4,4,4",
                "--network-setting",
                "ux-net.depths=1,1,1,1",
                "--network-setting",
                "ux-net.hidden=8",
                "--network-setting",
                "unetr.featureSize=4",
                "--network-setting",
                "unetr.hidden=24",
                "--network-setting",
                "unetr.mlp=48",
                "--network-setting",
                "unetr.heads=2");

        assertThat(code).as(out + "" + err).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("Networks by mean Dice over 4 cases")
                .containsPattern("\\nux-net +[12] ")
                .containsPattern("\\nunetr +[12] ");
        Path json = folder.resolve("output/compare/compare.json");
        ComparisonCompleted stored =
                (ComparisonCompleted) new EventCodec().fromJson(ComparisonCompleted.TYPE, Files.readAllBytes(json));
        assertThat(stored.cases()).isEqualTo(4);
        assertThat(stored.networks()).extracting(NetworkFigures::name).containsExactlyInAnyOrder("ux-net", "unetr");
        assertThat(stored.networks()).allSatisfy(network -> {
            assertThat(network.labels()).hasSize(5);
            assertThat(network.trainingMs()).isPositive();
            assertThat(network.inferenceMs()).isPositive();
        });
        assertThat(Files.readAllLines(json.resolveSibling("compare.csv"))).hasSize(1 + 2 * 6);
        assertThat(json.resolveSibling("compare.md")).isNotEmptyFile();
        assertThat(new ModelStore(folder.resolve("output/models")).list()).hasSize(2);
        assertThat(json.resolveSibling("cache")).isDirectory();
    }

    @Test
    void whatCannotBeComparedIsToldBeforeAnythingIsTrained() throws IOException {
        Files.createDirectories(folder.resolve("dataset"));

        refuses("there is no such architecture, only deform-uxnet", "--networks", "ux-net,resnet");
        refuses("two networks are called ux-net", "--networks", "ux-net,ux-net");
        refuses(
                "there is no such network, only [ux-net]",
                "--networks",
                "ux-net",
                "--network-setting",
                "unetr.heads=2");
        refuses("32", "--networks", "ux-net,swin-unetr", "--roi", "48,48,48");
    }

    private void refuses(String reason, String... options) {
        err.getBuffer().setLength(0);
        assertThat(compare(options)).as(err.toString()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(reason);
    }

    private int compare(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "compare",
                "--dataset",
                folder.resolve("dataset").toString(),
                "--output",
                folder.resolve("output").toString(),
                "--folds",
                "2",
                "--iterations",
                "2",
                "--timeout",
                "300"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--roi")) {
            arguments.addAll(List.of("--roi", "32,32,32"));
        }
        return Deformux.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
