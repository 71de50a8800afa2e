package io.deformux.standalone.command;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.model.ModelPackage;
import io.deformux.network.architecture.scripted.ScriptedConfig;
import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleParameter;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.torchscript.TorchScriptProgram;
import io.deformux.network.weights.Precision;
import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.standalone.Deformux;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives that somebody else has made, as models. */
class TorchScriptImportTest {
    /** What is brighter than the level is of class 1. */
    private static final String THRESHOLD = "torch.cat([torch.sub(self.level, x), torch.sub(x, self.level)], 1)";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void anArchiveIsAModelThatSegmentsAsItComputes() throws IOException {
        Path model = folder.resolve("model");
        assertThat(imported(archive(THRESHOLD))).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(ModelPackage.open(model).manifest().network())
                .isEqualTo(new ScriptedConfig(1, 2, List.of(16, 24, 16)));
        assertThat(run("model", "show", model)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("torchscript {\"window\":[16,24,16]}");

        Shape3 shape = new Shape3(20, 30, 18);
        float[] voxels = new float[shape.length()];
        byte[] bright = new byte[voxels.length];
        for (int n = 0; n < voxels.length; n++) {
            bright[n] = (byte) (n / 7 % 3 == 0 ? 1 : 0);
            voxels[n] = bright[n] == 1 ? 80 : 20;
        }
        Path scan = folder.resolve("scan.nii.gz");
        new NiftiWriter().write(new Volume(new Geometry(shape, Affine.scaling(1, 1, 1)), voxels), scan);
        assertThat(run("segment", "--input", scan, "--model", model, "--output", folder.resolve("out")))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        LabelMap labels = labels(folder.resolve("out"));
        assertThatArray(labels.labels()).isEqualTo(bright);

        // The result belongs to the truth that is named as its scan.
        Path truths = Files.createDirectory(folder.resolve("truths"));
        new NiftiWriter().write(labels, truths.resolve("scan.nii.gz"));
        new NiftiWriter().write(labels, truths.resolve("scan2.nii.gz"));
        assertThat(run("evaluate", "--predictions", folder.resolve("out"), "--labels", truths))
                .isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("no prediction for scan2.nii.gz");
        Files.delete(truths.resolve("scan2.nii.gz"));
        assertThat(run("evaluate", "--predictions", folder.resolve("out"), "--labels", truths))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines()).anyMatch(line -> line.matches("scan\\.nii\\.gz +1 +1\\.0000 +0\\.00 .*"));
    }

    /** Bright is where the second image is brighter than the first one. */
    @Test
    void severalImagesOfAScanAreSegmentedTogether() throws IOException {
        String first = "torch.slice(x, 1, 0, 1, 1)";
        String second = "torch.slice(x, 1, 1, 2, 1)";
        Path archive = archive("torch.cat([torch.sub(%1$s, %2$s), torch.sub(%2$s, %1$s)], 1)".formatted(first, second));
        Path model = folder.resolve("model");
        assertThat(imported(archive, "--channels", "T1,T2")).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(run("model", "show", model)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("T2: 0.0 .. 100.0 HU");

        Shape3 shape = new Shape3(20, 30, 18);
        float[] one = new float[shape.length()];
        float[] two = new float[shape.length()];
        byte[] brighter = new byte[shape.length()];
        for (int n = 0; n < one.length; n++) {
            one[n] = 10 + n % 13;
            two[n] = 10 + n % 7 + 0.5f;
            brighter[n] = (byte) (two[n] > one[n] ? 1 : 0);
        }
        Geometry grid = new Geometry(shape, Affine.scaling(1, 1, 1));
        Path t1 = folder.resolve("t1.nii.gz");
        Path t2 = folder.resolve("t2.nii.gz");
        new NiftiWriter().write(new Volume(grid, one), t1);
        new NiftiWriter().write(new Volume(grid, two), t2);
        Path output = folder.resolve("together");
        assertThat(run("segment", "--input", t1, "--channel", "T2=" + t2, "--model", model, "--output", output))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThatArray(labels(output).labels()).isEqualTo(brighter);

        assertThat(run("segment", "--input", t1, "--model", model, "--output", output))
                .isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("INPUT_CHANNELS_MISMATCH", "the channel T2 is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "torch.cat([x, x, x], 1) | gives 3 channels but there are 2 labels",
                "torch.cat([torch.div(x, torch.sub(x, x)), x], 1) | not finite",
                "torch.cat([x, x], 2) | gives a tensor of [1, 1, 32, 24, 16]",
                "torch.sum(x) | gives a tensor of [",
                "torch.matmul(x, self.level) | RuntimeError",
                "torch.to(torch.cat([x, x], 1), 7) | not one float tensor"
            })
    void whatGivesNoLogitsIsRefusedWithWhatItGives(String body, String why) throws IOException {
        assertThat(imported(archive(body))).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("MODEL_INVALID", why);
        assertThat(folder.resolve("model")).doesNotExist();
    }

    @Test
    void whatIsNoArchiveOrReachesFilesIsNotRun() throws IOException {
        Path none = Files.writeString(folder.resolve("none.ts"), "no archive");
        assertThat(imported(none)).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("no archive of torch.jit.save");
        assertThat(imported(folder.resolve("absent.ts"))).isEqualTo(ExitCode.UNAVAILABLE);
        Path writing = archive("torch.cat([x, x], 1) + ops.aten.save (x, \"written\")");
        assertThat(imported(writing)).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("names the function save", "reaches files");
    }

    @Test
    void whatAnArchiveHasNoUseForIsAWrongCommandLine() throws IOException {
        assertThat(imported(
                        archive(THRESHOLD),
                        "--precision",
                        "bf16",
                        "--configuration",
                        "3d_fullres",
                        "--architecture-setting",
                        "hidden=6"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("an archive is taken as it is: leave out --precision, --configuration,"
                        + " --architecture-setting");
        assertThat(folder.resolve("model")).doesNotExist();
    }

    private static LabelMap labels(Path output) throws IOException {
        try (Stream<Path> files = Files.walk(output)) {
            return new NiftiReader(1 << 20)
                    .readLabels(files.filter(file -> file.endsWith("labels.nii.gz"))
                            .findFirst()
                            .orElseThrow());
        }
    }

    private int imported(Path archive, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of(
                "model",
                "import",
                archive,
                "--architecture",
                "torchscript",
                "--window",
                "16,24,16",
                "--preset",
                "kits",
                "--intensity",
                "window:0,100",
                "--labels",
                "background,bright",
                "--output",
                folder.resolve("model")));
        arguments.addAll(List.of(more));
        return run(arguments.toArray());
    }

    /** A network of one method, which gives this. */
    private Path archive(String body) throws IOException {
        ModuleTree net = new ModuleTree(
                "__torch__.elsewhere.Net",
                Map.of("level", new ModuleParameter(new int[] {1}, new Initial.Constant(0.5f))),
                Map.of());
        String text =
                """
                class Net(Module):
                  def forward(self, x: Tensor) -> Tensor:
                    return %s
                """
                        .formatted(body);
        Path file = folder.resolve("elsewhere.ts");
        TorchScriptArchive.write(
                file,
                new TorchScriptProgram(net, Map.of("code/__torch__/elsewhere.py", text)),
                net.randomWeights(1),
                Precision.FP32);
        return file;
    }

    private int run(Object... arguments) {
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(argument.toString());
        }
        return Deformux.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(texts.toArray(String[]::new));
    }
}
