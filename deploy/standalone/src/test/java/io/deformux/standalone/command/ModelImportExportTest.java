package io.deformux.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.checkpoint.CheckpointReader;
import io.deformux.network.checkpoint.SafetensorsWriter;
import io.deformux.network.weights.Precision;
import io.deformux.standalone.Deformux;
import io.deformux.storage.Digest;
import io.deformux.transform.NetworkAxes;
import io.deformux.transform.Percentiles;
import io.deformux.transform.WholeScore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ModelImportExportTest {
    private static final DeformUxNetConfig PANCREAS =
            new DeformUxNetConfig(1, 3, List.of(1, 2, 3, 4), List.of(1, 2, 1, 1), 5, 3);

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void thePresetIsEnough() throws IOException {
        Path weights = weights("weights", PANCREAS, 1);
        assertThat(run("model", "import", weights, "--preset", "pancreas", "--output", folder.resolve("model")))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("pancreas");
        assertThat(err.toString()).isEmpty();

        ModelManifest manifest = ModelPackage.open(folder.resolve("model")).manifest();
        assertThat(manifest.network()).isEqualTo(PANCREAS);
        assertThat(manifest.precision()).isEqualTo(Precision.FP32);
        JsonNode source = manifest.provenance().at("/sources/0");
        assertThat(source.get("sha256").asText()).isEqualTo(Digest.of(weights));
        assertThat(source.get("format").asText()).isEqualTo("safetensors");
    }

    @Test
    void intensitiesAreScaledAsIsAskedForAndShown() throws IOException {
        Path weights = weights("weights", PANCREAS, 1);
        Path model = folder.resolve("model");
        assertThat(run(
                        "model",
                        "import",
                        weights,
                        "--preset",
                        "pancreas",
                        "--intensity",
                        "percentiles:0.5,99.5",
                        "--output",
                        model))
                .isEqualTo(ExitCode.OK);

        assertThat(ModelPackage.open(model).manifest().preset().intensity()).isEqualTo(new Percentiles(0.5, 99.5));
        assertThat(run("model", "show", model)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("0.5 .. 99.5 percentile");
    }

    /** As of an nnU-Net that comes without its plans. */
    @Test
    void axesAndScoresOfNnunetCanBeSaid() throws IOException {
        Path model = folder.resolve("model");
        assertThat(run(
                        "model",
                        "import",
                        weights("weights", PANCREAS, 1),
                        "--preset",
                        "pancreas",
                        "--intensity",
                        "z-score-with-zeros",
                        "--orientation",
                        "LPS",
                        "--output",
                        model))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);

        assertThat(ModelPackage.open(model).manifest().preset().intensity()).isEqualTo(new WholeScore());
        assertThat(ModelPackage.open(model).manifest().preset().axes()).isEqualTo(NetworkAxes.of("LPS"));
        assertThat(run("model", "show", model)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("axes        LPS", "z-score of the smallest box");
    }

    @ParameterizedTest
    @ValueSource(strings = {"median", "percentiles:99,1", "percentiles:1", "window:5,5", "window:a,b"})
    void anIntensityThatCannotBeIsAWrongCommandLine(String intensity) {
        assertThat(run(
                        "model",
                        "init",
                        "--preset",
                        "pancreas",
                        "--intensity",
                        intensity,
                        "--output",
                        folder.resolve("model")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--intensity");
    }

    @Test
    void whatGoesInComesOut() throws IOException {
        Path first = weights("first", PANCREAS, 1);
        Path second = weights("second", PANCREAS, 2);
        Path model = folder.resolve("model");
        assertThat(run("model", "import", first, second, "--preset", "pancreas", "--output", model))
                .isEqualTo(ExitCode.OK);
        Path exported = folder.resolve("exported");
        assertThat(run("model", "export", model, "--format", "safetensors", "--member", 1, "--output", exported))
                .isEqualTo(ExitCode.OK);
        assertThat(exported).hasSameBinaryContentAs(second);
        assertThat(run("model", "export", model, "--format", "torchscript", "--member", 0, "--output", exported))
                .isEqualTo(ExitCode.OK);
        SafetensorsWriter.write(exported, CheckpointReader.read(exported).weights(), Precision.FP32);
        assertThat(exported).hasSameBinaryContentAs(first);

        assertThat(run("model", "export", model, "--format", "torchscript", "--output", exported))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--member 0 to 1");
    }

    @Test
    void aNetworkOfAnotherArchitectureIsMadeShownExportedAndImported() throws IOException {
        Path model = folder.resolve("model");
        List<Object> init = List.of(
                "model",
                "init",
                "--preset",
                "pancreas",
                "--architecture",
                "ux-net",
                "--feature-sizes",
                "2,3,4,5",
                "--architecture-setting",
                "depths=1,1,2,1",
                "--architecture-setting",
                "hidden=6",
                "--architecture-setting",
                "kernel=9",
                "--roi",
                "32,32,48",
                "--output",
                model);
        assertThat(run(init.toArray())).isEqualTo(ExitCode.OK);
        assertThat(run("model", "show", model)).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("ux-net {\"featureSizes\":[2,3,4,5],\"depths\":[1,1,2,1],\"hidden\":6,\"kernel\":9}")
                .containsPattern("[0-9]+ parameters, FP32, [0-9.]+ GMACs a window");

        Path exported = folder.resolve("exported.pt");
        Path again = folder.resolve("again");
        assertThat(run("model", "export", model, "--format", "torchscript", "--output", exported))
                .isEqualTo(ExitCode.OK);
        assertThat(run(
                        "model",
                        "import",
                        exported,
                        "--preset",
                        "pancreas",
                        "--architecture",
                        "ux-net",
                        "--output",
                        again))
                .isEqualTo(ExitCode.OK);
        assertThat(ModelPackage.open(again).manifest().network())
                .isEqualTo(ModelPackage.open(model).manifest().network());

        assertThat(run(
                        "model",
                        "import",
                        exported,
                        "--preset",
                        "pancreas",
                        "--architecture",
                        "ux-net",
                        "--architecture-setting",
                        "kernel=7",
                        "--output",
                        folder.resolve("other")))
                .isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("kernel is given as 7, but the weights say 9");
    }

    @Test
    void aNetworkThatCannotBeIsAWrongCommandLine() {
        for (List<String> wrong : List.of(
                List.of("--architecture", "v-net"),
                List.of("--architecture", "ux-net", "--architecture-setting", "kernel=8"),
                List.of("--architecture", "ux-net", "--architecture-setting", "colour=8"),
                List.of("--hidden", "0"),
                List.of("--roi", "32,32,40"))) {
            List<Object> command = new ArrayList<>(List.of("model", "init", "--preset", "pancreas"));
            command.addAll(wrong);
            command.addAll(List.of("--output", folder.resolve("model")));
            assertThat(run(command.toArray())).as(wrong.toString()).isEqualTo(ExitCode.USAGE);
        }
        assertThat(err.toString())
                .contains(
                        "no such architecture, only deform-uxnet",
                        "kernel must be an odd number",
                        "no setting colour",
                        "40");
    }

    @Test
    void labelsMustFitTheNetwork() throws IOException {
        Path weights = weights("weights", PANCREAS, 1);
        Path model = folder.resolve("model");
        assertThat(run("model", "import", weights, "--preset", "amos", "--output", model))
                .isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("MODEL_INVALID", "3 output channels", "16 labels", "--labels");
        assertThat(model).doesNotExist();

        assertThat(run("model", "import", weights, "--preset", "amos", "--labels", "background,a,b", "--output", model))
                .isEqualTo(ExitCode.OK);
        assertThat(ModelPackage.open(model).manifest().preset().classes()).containsExactly("background", "a", "b");
    }

    @Test
    void membersMustBeOfOneNetwork() throws IOException {
        DeformUxNetConfig other = new DeformUxNetConfig(1, 3, List.of(1, 2, 3, 4), List.of(1, 2, 1, 1), 6, 3);
        Path model = folder.resolve("model");
        Path[] weights = {weights("first", PANCREAS, 1), weights("second", other, 1)};
        assertThat(run("model", "import", weights[0], weights[1], "--preset", "pancreas", "--output", model))
                .isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("different networks", "hidden=5", "hidden=6");
    }

    @Test
    void offsetKernelOneIsWarnedAbout() throws IOException {
        DeformUxNetConfig published = new DeformUxNetConfig(1, 3, List.of(1, 2, 3, 4), List.of(1, 1, 1, 1), 5, 1);
        Path weights = weights("weights", published, 1);
        Path model = folder.resolve("model");
        assertThat(run("model", "import", weights, "--preset", "pancreas", "--precision", "bf16", "--output", model))
                .isEqualTo(ExitCode.OK);
        assertThat(err.toString()).contains("warning", "kernel 1");
        assertThat(ModelPackage.open(model).manifest().precision()).isEqualTo(Precision.BF16);
    }

    @Test
    void weightsHaveNoConfigurations() throws IOException {
        Path weights = weights("weights", PANCREAS, 1);
        Path model = folder.resolve("model");
        assertThat(run("model", "import", weights, "--preset=pancreas", "--configuration=2d", "--output", model))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("only an nnU-Net folder has configurations: leave out --configuration");
    }

    @Test
    void aFileThatIsNoneIsRefusedWithTheReason() throws IOException {
        Path weights = Files.write(folder.resolve("weights"), new byte[100]);
        assertThat(run("model", "import", weights, "--preset", "amos", "--output", folder.resolve("model")))
                .isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("MODEL_INVALID", "no PyTorch checkpoint");
    }

    private Path weights(String name, DeformUxNetConfig config, long seed) throws IOException {
        Path file = folder.resolve(name);
        SafetensorsWriter.write(file, config.modules().randomWeights(seed), Precision.FP32);
        return file;
    }

    private int run(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int n = 0; n < words.length; n++) {
            words[n] = arguments[n].toString();
        }
        CommandLine command =
                Deformux.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(words);
    }
}
