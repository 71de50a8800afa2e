package io.deformux.standalone.packaging;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.network.PredictingNetwork;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.nnunet.NnUNet;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import io.deformux.standalone.Deformux;
import io.deformux.standalone.command.ExitCode;
import io.deformux.transform.ClippedScore;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.IntensityScale;
import io.deformux.transform.NetworkAxes;
import io.deformux.transform.Preprocessed;
import io.deformux.transform.Preprocessing;
import io.deformux.transform.WholeScore;
import io.deformux.transform.ZScore;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training folders of nnU-Net v2, made here with its names and its order of axes. */
class NnunetFolderImportTest {
    /** z, y, x, as nnU-Net has images. */
    private static final List<Integer> PATCH = List.of(8, 16, 24);

    @TempDir
    private Path outside;

    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(outside.resolve("nnUNetTrainer__nnUNetPlans__3d_fullres"));
        Files.writeString(
                folder.resolve("dataset.json"),
                """
                {"channel_names": {"0": "CT"}, "labels": {"background": 0, "liver": 1, "spleen": [2]},
                 "file_ending": ".nii.gz"}""");
        plans("[0, 1, 2]", "PlainConvUNet", "CTNormalization");
    }

    @Test
    void oneCommandMakesAModelOfAllFolds() throws IOException {
        NetworkConfig network = network("plain-conv-unet");
        checkpoint("fold_0", network, 1);
        checkpoint("fold_3", network, 2);
        Files.createDirectory(folder.resolve("fold_4"));
        assertThat(imported()).as(err.toString()).isEqualTo(ExitCode.OK);

        ModelManifest manifest = ModelPackage.open(outside.resolve("model")).manifest();
        assertThat(manifest.id().name()).isEqualTo("dataset009_spleen");
        assertThat(manifest.window().roi()).containsExactly(24, 16, 8);
        assertThat(manifest.window().overlap()).isEqualTo(0.5);
        assertThat(manifest.preset().spacing()).containsExactly(0.7, 0.8, 3.0);
        assertThat(manifest.preset().intensity()).isEqualTo(new ClippedScore(-41, 176, 99.3f, 39.4f));
        assertThat(manifest.preset().classes()).containsExactly("background", "liver", "spleen");
        assertThat(manifest.members())
                .extracting(member -> member.fold().getAsInt())
                .containsExactly(0, 3);
        assertThat(manifest.network().settings().json().at("/kernels/0").toString())
                .isEqualTo("[3,3,1]");
        assertThat(manifest.network().settings().json().at("/strides/1").toString())
                .isEqualTo("[2,2,1]");
    }

    /** Before 2.4 plans named the class of the network alone and its sizes each by itself. */
    @Test
    void plansOfOlderVersionsAreRead() throws IOException {
        Path plans = folder.resolve("plans.json");
        Files.writeString(
                plans,
                Files.readString(plans)
                        .replaceAll(
                                "(?s)\"architecture\":.*?}}}",
                                "\"UNet_class_name\": \"PlainConvUNet\", \"UNet_base_num_features\": 4,"
                                        + " \"conv_kernel_sizes\": [[1, 3, 3], [3, 3, 3], [3, 3, 3]],"
                                        + " \"batch_dice\": true}"));
        checkpoint("fold_0", network("plain-conv-unet"), 1);
        assertThat(imported()).as(err.toString()).isEqualTo(ExitCode.OK);
        ModelManifest manifest = ModelPackage.open(outside.resolve("model")).manifest();
        assertThat(manifest.network().settings().json().path("implementation").asText())
                .isEqualTo("plain-conv-unet");
        assertThat(manifest.window().roi()).containsExactly(24, 16, 8);
    }

    /** The imported network sees an image as the original sees it with its axes in the other order. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain-conv-unet | PlainConvUNet | 0, 1, 2",
                "residual-encoder-unet | ResidualEncoderUNet | 1, 2, 0"
            })
    void whatItComputesIsWhatTheOriginalComputes(String implementation, String name, String transpose)
            throws IOException {
        plans("[" + transpose + "]", name, "CTNormalization");
        NetworkConfig network = network(implementation);
        Weights weights = checkpoint("fold_all", network, 3);
        assertThat(imported()).as(err.toString()).isEqualTo(ExitCode.OK);
        ModelPackage model = ModelPackage.open(outside.resolve("model"));

        List<Integer> axes =
                List.of(transpose.split(", ")).stream().map(Integer::valueOf).toList();
        List<Integer> sizes = model.manifest().window().roi();
        float[] image = new float[8 * 16 * 24];
        Random random = new Random(5);
        for (int n = 0; n < image.length; n++) {
            image[n] = random.nextFloat();
        }
        float[] expected = run(
                PredictingNetwork.of(network, weights, Device.cpu(), Precision.FP32),
                toNetwork(image, 1, sizes, axes),
                PATCH);
        float[] actual = run(
                PredictingNetwork.load(model.weights().get(0), model.manifest().network(), Device.cpu()), image, sizes);
        assertThatArray(toNetwork(actual, 3, sizes, axes)).isCloseTo(expected, 1e-4f);
    }

    @Test
    void severalChannelsHaveTheNamesOfTheDataSetAndScalesOfTheirOwn() throws IOException {
        plans("[0, 1, 2]", "PlainConvUNet", "CTNormalization\", \"ZScoreNormalization");
        Path plans = folder.resolve("plans.json");
        Files.writeString(plans, Files.readString(plans).replace("[false]", "[false, true]"));
        Files.writeString(
                folder.resolve("dataset.json"),
                """
                {"channel_names": {"0": "CT", "1": "PET"}, "labels": {"background": 0, "liver": 1, "spleen": [2]}}""");
        checkpoint("fold_0", network("plain-conv-unet", 2), 1);
        assertThat(imported()).as(err.toString()).isEqualTo(ExitCode.OK);
        ModelManifest manifest = ModelPackage.open(outside.resolve("model")).manifest();
        assertThat(manifest.network().inChannels()).isEqualTo(2);
        assertThat(manifest.preset().channels())
                .containsExactly(
                        new ImageChannel("CT", new ClippedScore(-41, 176, 99.3f, 39.4f)),
                        new ImageChannel("PET", new ZScore()));
    }

    /** As nnU-Net plans for MR scans whose crop takes less than a quarter away. */
    @Test
    void aZScoreWithoutAMaskCountsZeros() throws IOException {
        plans("[0, 1, 2]", "PlainConvUNet", "ZScoreNormalization");
        checkpoint("fold_0", network("plain-conv-unet"), 1);
        assertThat(imported()).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(ModelPackage.open(outside.resolve("model"))
                        .manifest()
                        .preset()
                        .intensity())
                .isEqualTo(new WholeScore());
    }

    @Test
    void regionsHaveAnOutputEach() throws IOException {
        Files.writeString(
                folder.resolve("dataset.json"),
                """
                {"channel_names": {"0": "CT"}, "file_ending": ".nii.gz", "regions_class_order": [1, 2, 3],
                 "labels": {"background": 0, "whole": [1, 2, 3], "core": [2, 3], "enhancing": 3}}""");
        checkpoint("fold_0", network("plain-conv-unet"), 1);
        assertThat(imported()).as(err.toString()).isEqualTo(ExitCode.OK);
        ModelManifest manifest = ModelPackage.open(outside.resolve("model")).manifest();
        assertThat(manifest.network().outChannels()).isEqualTo(3);
        assertThat(manifest.preset().classes())
                .containsExactly("background", "whole (rest)", "core (rest)", "enhancing");
        assertThat(manifest.preset().targets()).containsExactly("background", "whole", "core", "enhancing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NoNormalization", "RescaleTo01Normalization"})
    void whatIsNotHereIsNamed(String normalization) throws IOException {
        checkpoint("fold_0", network("plain-conv-unet"), 1);
        plans("[0, 1, 2]", "PlainConvUNet", normalization);
        assertThat(imported()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains(normalization);
        plans("[0, 1, 2]", "PrimusM", "CTNormalization");
        assertThat(imported()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("PrimusM");
        plans("[0, 1, 1]", "PlainConvUNet", "CTNormalization");
        assertThat(imported()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("no order of three axes").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zscore | zscore | two channels have the same name",
                "T1 | aNameOfMoreThanSixtyFourCharactersThatNoModelPackageAndNoResultEverTakes | 1 to 64 characters",
            })
    void channelsThatNoModelTakesAreNamedInOneLine(String first, String second, String why) throws IOException {
        plans("[0, 1, 2]", "PlainConvUNet", "CTNormalization\", \"CTNormalization");
        Files.writeString(
                folder.resolve("plans.json"),
                Files.readString(folder.resolve("plans.json"))
                        .replace(
                                "\"0\": {\"mean\"",
                                "\"1\": %1$s, \"0\": {\"mean\""
                                        .formatted(
                                                "{\"mean\": 9, \"std\": 3, \"percentile_00_5\": -4, \"percentile_99_5\": 17}")));
        Files.writeString(
                folder.resolve("dataset.json"),
                """
                {"channel_names": {"0": "%s", "1": "%s"}, "labels": {"background": 0, "liver": 1, "spleen": 2}}"""
                        .formatted(first, second));
        checkpoint("fold_0", network("plain-conv-unet", 2), 1);
        assertThat(imported()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString())
                .contains("nnU-Net folder cannot be imported", why)
                .doesNotContain("\tat ");
    }

    /**
     * Whatever way a scan is stored, the network sees the voxels that nnU-Net would have put into it: as stored, or those of
     * RAS+ axes, in z, y, x and then transposed. The spacing of the plans is that of the same axes.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0, 1, 2 | SimpleITKIO | | stored",
                "1, 2, 0 | NibabelIO | | stored",
                "2, 0, 1 | NibabelIOWithReorient | | RAS",
                "1, 0, 2 | SimpleITKIOWithReorient | | RAS",
                "1, 2, 0 | SimpleITKIO | LPS | LPS"
            })
    void scansHaveTheGeometryThatTheNetworkWasTrainedWith(
            String transpose, String reader, String orientation, String axes) throws IOException {
        plans("[" + transpose + "]", "PlainConvUNet", "CTNormalization");
        Path plans = folder.resolve("plans.json");
        Files.writeString(
                plans, Files.readString(plans).replaceFirst("\\{", "{\"image_reader_writer\": \"" + reader + "\", "));
        checkpoint("fold_0", network("plain-conv-unet"), 1);
        assertThat(orientation == null ? imported() : imported("--orientation", orientation))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        ModelManifest manifest = ModelPackage.open(outside.resolve("model")).manifest();
        assertThat(manifest.preset().axes()).isEqualTo(NetworkAxes.of(axes));

        // Slices first, from above to below, then to the left and to the front: ILA.
        List<Double> spacing = manifest.preset().spacing();
        List<Integer> order = axes.equals("stored") ? List.of(0, 1, 2) : List.of(1, 2, 0);
        double s = spacing.get(order.indexOf(0));
        double l = spacing.get(order.indexOf(1));
        double a = spacing.get(order.indexOf(2));
        Volume scan = new Volume(
                new Geometry(new Shape3(3, 4, 5), Affine.of(0, -l, 0, 9, 0, 0, a, -7, -s, 0, 0, 4)), new float[60]);
        for (int n = 0; n < 60; n++) {
            scan.voxels()[n] = n + 1;
        }
        Preprocessed seen = new Preprocessing(manifest.preset(), 1000).apply(scan);
        assertThat(seen.grids().untouched()).as("the plans' spacing").isTrue();
        Preprocessed.Foreground foreground = seen.foreground().orElseThrow();
        assertThat(foreground.box().shape().length()).isEqualTo(60);
        Function<int[], Float> expected = at -> switch (axes) {
            case "RAS" -> scan.voxels()[scan.geometry().shape().index(2 - at[2], 3 - at[0], at[1])];
            case "LPS" -> scan.voxels()[scan.geometry().shape().index(2 - at[2], at[0], 4 - at[1])];
            default -> scan.voxels()[scan.geometry().shape().index(at[0], at[1], at[2])];
        };
        IntensityScale scale = manifest.preset().intensity().of(scan);
        Shape3 shape = foreground.box().shape();
        for (int i = 0; i < shape.d(); i++) {
            for (int j = 0; j < shape.h(); j++) {
                for (int k = 0; k < shape.w(); k++) {
                    assertThat(foreground.image()[shape.index(i, j, k)])
                            .isEqualTo(scale.scale(expected.apply(new int[] {i, j, k})));
                }
            }
        }
    }

    @Test
    void plansThatDoNotTurnLabelsBackAsTheyTurnScansAreRefused() throws IOException {
        checkpoint("fold_0", network("plain-conv-unet"), 1);
        plans("[1, 2, 0]", "PlainConvUNet", "CTNormalization");
        Path plans = folder.resolve("plans.json");
        String without = Files.readString(plans);
        Files.writeString(plans, without.replaceFirst("\\{", "{\"transpose_backward\": [1, 2, 0], "));
        assertThat(imported()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString())
                .contains("transpose_backward [1, 2, 0] does not undo transpose_forward [1, 2, 0]")
                .doesNotContain("\tat ");

        Files.writeString(plans, without.replaceFirst("\\{", "{\"transpose_backward\": [2, 0, 1], "));
        assertThat(imported()).as(err.toString()).isEqualTo(ExitCode.OK);
    }

    @Test
    void anOrientationThatThePlansContradictOrThatIsNoneIsRefused() throws IOException {
        checkpoint("fold_0", network("plain-conv-unet"), 1);
        assertThat(imported("--orientation", "LPX")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString())
                .contains("the axes must be stored, or one of R and L")
                .doesNotContain("\tat ");
        Path plans = folder.resolve("plans.json");
        Files.writeString(
                plans,
                Files.readString(plans).replaceFirst("\\{", "{\"image_reader_writer\": \"NibabelIOWithReorient\", "));
        assertThat(imported("--orientation", "LPS")).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("its reader has brought scans to RAS: leave out --orientation");
    }

    /** Axes are told by their order alone, so nothing of the weights shows how scans were stored. */
    @Test
    void itIsToldThatScansAreTakenAsStoredUnlessTheReaderOrSomebodySaysWhichWay() throws IOException {
        checkpoint("fold_0", network("plain-conv-unet"), 1);
        Path plans = folder.resolve("plans.json");
        String without = Files.readString(plans);
        for (String reader : List.of("", "\"image_reader_writer\": \"SimpleITKIO\", ")) {
            Files.writeString(plans, without.replaceFirst("\\{", "{" + reader));
            assertThat(imported()).as(err.toString()).isEqualTo(ExitCode.OK);
            assertThat(err.toString().lines())
                    .singleElement()
                    .asString()
                    .contains("warning", "image_reader_writer", "the order in which they were stored", "--orientation");
            again();
        }
        assertThat(imported("--orientation", "LAS")).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).isEmpty();
        again();

        Files.writeString(plans, without.replaceFirst("\\{", "{\"image_reader_writer\": \"NibabelIOWithReorient\", "));
        assertThat(imported()).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(err.toString()).isEmpty();
    }

    private void again() throws IOException {
        err.getBuffer().setLength(0);
        Files.move(
                outside.resolve("model"),
                Files.createTempDirectory(outside, "before").resolve("model"));
    }

    @Test
    void aFolderWithoutAFoldThatHasEndedIsRefused() throws IOException {
        assertThat(imported()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("no fold_N", "checkpoint_final.pth");
        Files.delete(folder.resolve("plans.json"));
        assertThat(imported()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(err.toString()).contains("plans.json");
    }

    @Test
    void whatThePlansSayIsNotTakenFromTheCommandLine() throws IOException {
        checkpoint("fold_0", network("plain-conv-unet"), 1);
        assertThat(imported(
                        "--preset=kits",
                        "--labels=background,a,b",
                        "--spacing=1,1,1",
                        "--intensity=z-score",
                        "--channels=T1",
                        "--roi=96,96,96",
                        "--overlap=0.25",
                        "--blending=constant",
                        "--architecture-setting=features=4,6,8"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("the plans of an nnU-Net folder say it: leave out --preset, --labels, --spacing, --intensity,"
                        + " --channels, --window, --overlap, --blending, --architecture-setting");
        assertThat(outside.resolve("model")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deform-uxnet", "unetr"})
    void aFolderOfAnotherNetworkIsAWrongCommandLine(String architecture) throws IOException {
        checkpoint("fold_0", network("plain-conv-unet"), 1);
        assertThat(imported("--architecture", architecture)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("a training folder is of nnU-Net: leave out --architecture");
    }

    @Test
    void aFolderNeedsNoArchitecture() throws IOException {
        checkpoint("fold_0", network("plain-conv-unet"), 1);
        assertThat(imported("--precision", "bf16")).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(ModelPackage.open(outside.resolve("model")).manifest().precision())
                .isEqualTo(Precision.BF16);
    }

    private int imported(String... more) {
        List<String> arguments = new ArrayList<>(List.of("model", "import", folder.toString()));
        arguments.addAll(more.length == 0 ? List.of("--architecture", "nnu-net") : List.of(more));
        arguments.addAll(List.of("--output", outside.resolve("model").toString()));
        return Deformux.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }

    private static NetworkConfig network(String implementation) {
        return network(implementation, 1);
    }

    private static NetworkConfig network(String implementation, int channels) {
        return NnUNet.ARCHITECTURE.configured(
                channels,
                3,
                NetworkSettings.NONE
                        .with("implementation", implementation)
                        .with("features", List.of(4, 6, 8))
                        .with("kernels", List.of(List.of(1, 3, 3), List.of(3, 3, 3), List.of(3, 3, 3)))
                        .with("strides", List.of(List.of(1, 1, 1), List.of(1, 2, 2), List.of(2, 2, 2))));
    }

    private Weights checkpoint(String fold, NetworkConfig network, long seed) throws IOException {
        Weights weights = trained(network.modules().randomWeights(seed));
        Path file = Files.createDirectories(folder.resolve(fold)).resolve("checkpoint_final.pth");
        TorchScriptArchive.write(file, network.program(), weights, Precision.FP32);
        return weights;
    }

    /** As if something had been learned: norms that begin as 0 would hide what is before them. */
    private static Weights trained(Weights first) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(first.tensors());
        tensors.replaceAll((name, tensor) -> {
            float[] values = tensor.values().clone();
            for (int n = 0; n < values.length; n++) {
                values[n] += name.endsWith("norm.weight") ? 0.5f + n % 3 : 0;
            }
            return new Tensor(tensor.shape(), values);
        });
        return new Weights(tensors);
    }

    private void plans(String transpose, String network, String normalization) throws IOException {
        Files.writeString(
                folder.resolve("plans.json"),
                """
                {"dataset_name": "Dataset009_Spleen", "plans_name": "nnUNetPlans", "transpose_forward": %s,
                 "configurations": {
                   "2d": {"patch_size": [512, 512], "spacing": [0.8, 0.7]},
                   "3d_lowres": {"patch_size": [8, 16, 24], "spacing": [3.0, 0.8, 0.7],
                     "normalization_schemes": ["%s"], "use_mask_for_norm": [false],
                     "architecture": {"network_class_name": "dynamic_network_architectures.architectures.unet.%s",
                       "arch_kwargs": {"norm_op": "torch.nn.modules.instancenorm.InstanceNorm3d",
                         "nonlin": "torch.nn.LeakyReLU"}}},
                   "3d_fullres": {"inherits_from": "3d_lowres"}},
                 "foreground_intensity_properties_per_channel": {"0": {"mean": 99.3, "std": 39.4,
                   "percentile_00_5": -41.0, "percentile_99_5": 176.0}}}"""
                        .formatted(transpose, normalization, network));
    }

    private static float[] run(PredictingNetwork network, float[] image, List<Integer> sizes) {
        float[][] logits = new float[1][];
        try (network) {
            network.forward(FloatBuffer.wrap(image), 1, sizes.get(0), sizes.get(1), sizes.get(2), values -> {
                logits[0] = new float[values.remaining()];
                values.get(logits[0]);
            });
        }
        return logits[0];
    }

    /** From x, y, z to the network's axes, each of which is one of z, y, x. */
    private static float[] toNetwork(float[] values, int channels, List<Integer> xyz, List<Integer> transpose) {
        int[] size = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            size[axis] = xyz.get(2 - transpose.get(axis));
        }
        float[] to = new float[values.length];
        int at = 0;
        for (int c = 0; c < channels; c++) {
            int[] n = new int[3];
            for (n[0] = 0; n[0] < size[0]; n[0]++) {
                for (n[1] = 0; n[1] < size[1]; n[1]++) {
                    for (n[2] = 0; n[2] < size[2]; n[2]++) {
                        int[] p = new int[3];
                        for (int axis = 0; axis < 3; axis++) {
                            p[2 - transpose.get(axis)] = n[axis];
                        }
                        to[at++] = values[((c * xyz.get(0) + p[0]) * xyz.get(1) + p[1]) * xyz.get(2) + p[2]];
                    }
                }
            }
        }
        return to;
    }
}
