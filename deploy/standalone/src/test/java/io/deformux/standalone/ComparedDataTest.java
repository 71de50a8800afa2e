package io.deformux.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deformux.model.ModelManifest;
import io.deformux.model.ModelPackage;
import io.deformux.nifti.NiftiWriter;
import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.LabelFigures;
import io.deformux.schemas.NetworkFigures;
import io.deformux.standalone.command.ExitCode;
import io.deformux.transform.ImageChannel;
import io.deformux.transform.IntensityWindow;
import io.deformux.transform.ZScore;
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
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Comparisons over data that are more than one image and one label per voxel: scans of several images, structures that lie in
 * each other, and both at once. The networks are narrow and hardly trained; what is seen is that each of them takes such
 * data, and that its figures come under the right names in every form of the table.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ComparedDataTest {
    private static final Shape3 SHAPE = new Shape3(32, 32, 32);
    private static final int CASES = 4;

    /** Narrow settings by what a network is called. */
    private static final Map<String, List<String>> NARROW = Map.of(
            "deform-uxnet",
            List.of("featureSizes=4,4,4,4", "depths=1,1,1,1", "hidden=8"),
            "ux-net",
            List.of("featureSizes=4,4,4,4", "depths=1,1,1,1", "hidden=8"),
            "nnu-net",
            List.of("features=4,8,8"),
            "unetr",
            List.of("featureSize=4", "hidden=24", "mlp=48", "heads=2"),
            "nnformer",
            List.of("embedding=8", "depths=1,1,1,1", "heads=1,2,4,8", "windows=4,4,2,1"));

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();

    /** A ball with a core in it, of the label 2; each image shows one of the two. */
    private record Scan(Volume ct, Volume mr, LabelMap truth) {
        static Scan of(long seed, int rim) {
            SplittableRandom random = new SplittableRandom(seed);
            Geometry geometry = new Geometry(SHAPE, Affine.scaling(1, 1, 1));
            int[] centre = {12 + random.nextInt(8), 12 + random.nextInt(6), 12 + random.nextInt(8)};
            float[] ct = new float[SHAPE.length()];
            float[] mr = new float[SHAPE.length()];
            byte[] labels = new byte[SHAPE.length()];
            for (int n = 0; n < labels.length; n++) {
                int i = n / (SHAPE.h() * SHAPE.w()) - centre[0];
                int j = n / SHAPE.w() % SHAPE.h() - centre[1];
                int k = n % SHAPE.w() - centre[2];
                int square = i * i + j * j + k * k;
                labels[n] = (byte) (square <= 25 ? 2 : square <= 81 ? rim : 0);
                ct[n] = (float) (20 + (labels[n] > 0 ? 100 : 0) + 20 * random.nextDouble());
                mr[n] = (float) (500 + (labels[n] == 2 ? 900 : 0) + 100 * random.nextDouble());
            }
            return new Scan(new Volume(geometry, ct), new Volume(geometry, mr), new LabelMap(geometry, labels));
        }
    }

    /** As a MONAI data list names them. */
    @Test
    void scansOfSeveralImagesAreCompared() throws IOException {
        ComparisonCompleted comparison = compared(
                IntStream.range(0, CASES)
                        .mapToObj(
                                """
                                {"image": ["imagesTr/case%1$d_0000.nii.gz", "imagesTr/case%1$d_0001.nii.gz"],
                                 "label": "labelsTr/case%1$d.nii.gz"}"""
                                        ::formatted)
                        .collect(Collectors.joining(",", "{\"training\": [", "]}")),
                2,
                List.of("deform-uxnet", "unetr"),
                "--labels=background,rim,core",
                "--channel-intensity=channel 0=window:0,200",
                "--channel-intensity=channel 1=z-score");

        assertWhole(comparison, "rim", "core");
        for (NetworkFigures network : comparison.networks()) {
            ModelManifest manifest = model(network);
            assertThat(manifest.network().inChannels()).as(network.name()).isEqualTo(2);
            assertThat(manifest.network().outChannels()).as(network.name()).isEqualTo(3);
            assertThat(manifest.preset().channels())
                    .containsExactly(
                            new ImageChannel("channel 0", new IntensityWindow(0, 200)),
                            new ImageChannel("channel 1", new ZScore()));
        }
    }

    @Test
    void regionsAreComparedByTheirNamesWithDeepSupervisionAndWithout() throws IOException {
        ComparisonCompleted comparison = compared(
                """
                {"channel_names": {"0": "CT"}, "labels": {"background": 0, "tumour": [2, 5], "core": 2},
                 "regions_class_order": [5, 2], "numTraining": 4, "file_ending": ".nii.gz"}""",
                1,
                List.of("deform-uxnet", "nnu-net", "nnformer"));

        assertWhole(comparison, "tumour", "core");
        for (NetworkFigures network : comparison.networks()) {
            ModelManifest manifest = model(network);
            assertThat(manifest.network().inChannels()).as(network.name()).isEqualTo(1);
            assertThat(manifest.network().outChannels()).as(network.name()).isEqualTo(2);
            assertThat(manifest.preset().targets()).containsExactly("background", "tumour", "core");
            assertThat(manifest.preset().classes())
                    .containsExactly("background", "label 1", "core", "label 3", "label 4", "tumour (rest)");
        }
    }

    @Test
    void regionsOfScansOfSeveralImagesAreCompared() throws IOException {
        ComparisonCompleted comparison = compared(
                """
                {"channel_names": {"0": "CT", "1": "T2"}, "labels": {"background": 0, "tumour": [1, 2], "core": 2},
                 "regions_class_order": [1, 2], "numTraining": 4, "file_ending": ".nii.gz"}""",
                2,
                List.of("ux-net", "nnu-net"),
                "--channel-intensity",
                "T2=z-score");

        assertWhole(comparison, "tumour", "core");
        for (NetworkFigures network : comparison.networks()) {
            ModelManifest manifest = model(network);
            assertThat(manifest.network().inChannels()).as(network.name()).isEqualTo(2);
            assertThat(manifest.network().outChannels()).as(network.name()).isEqualTo(2);
        }
    }

    private ComparisonCompleted compared(String listing, int channels, List<String> networks, String... more)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "compare",
                "--dataset",
                dataset(listing, channels).toString(),
                "--output",
                folder.resolve("output").toString(),
                "--window=0,200",
                "--folds",
                "2",
                "--roi",
                "32,32,32",
                "--crops",
                "1",
                "--iterations",
                "3",
                "--validation-interval",
                "3",
                "--learning-rate",
                "3e-3",
                "--timeout",
                "400"));
        arguments.addAll(List.of("--networks", String.join(",", networks)));
        networks.forEach(network -> NARROW.get(network)
                .forEach(setting -> arguments.addAll(List.of("--network-setting", network + "." + setting))));
        arguments.addAll(List.of(more));
        int code = Deformux.commandLine()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(arguments.toArray(String[]::new));
        assertThat(code).as(said.toString()).isEqualTo(ExitCode.OK);
        ComparisonCompleted comparison = (ComparisonCompleted)
                new EventCodec().fromJson(ComparisonCompleted.TYPE, Files.readAllBytes(table("json")));
        assertThat(comparison.networks())
                .extracting(NetworkFigures::name)
                .containsExactlyInAnyOrderElementsOf(networks);
        return comparison;
    }

    private void assertWhole(ComparisonCompleted comparison, String... targets) throws IOException {
        assertThat(comparison.failed()).isEmpty();
        assertThat(comparison.cases()).isEqualTo(CASES);
        for (NetworkFigures network : comparison.networks()) {
            assertThat(network.labels()).extracting(LabelFigures::name).containsExactly(targets);
            assertThat(network.labels()).extracting(LabelFigures::value).containsExactly(1, 2);
            assertThat(network.labels())
                    .allSatisfy(label -> assertThat(label.dice().cases()).isEqualTo(CASES));
            assertThat(network.dice().mean().orElseThrow())
                    .as("the mean over cases and labels of " + network.name())
                    .isCloseTo(
                            network.labels().stream()
                                    .mapToDouble(label -> label.dice().mean().orElseThrow())
                                    .average()
                                    .orElseThrow(),
                            within(1e-5));
            assertThat(network.rankShares().stream().mapToDouble(share -> share).sum())
                    .isCloseTo(1, within(1e-3));
            assertThat(network.pValue().isPresent())
                    .as("tested against the best")
                    .isEqualTo(network != comparison.networks().get(0));
        }
        assertTables(comparison, targets);
    }

    /** Every figure's row and column in the forms for people and for programs. */
    private void assertTables(ComparisonCompleted comparison, String... targets) throws IOException {
        String heads = "network +" + String.join(" +", targets);
        assertThat(said.toString()).containsPattern("Dice per label\\s+" + heads);
        assertThat(Files.readString(table("md")))
                .contains("## Dice per label\n\n| network | " + String.join(" | ", targets) + " |\n");
        List<String> rows = Files.readAllLines(table("csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(cells -> cells[1] + " " + cells[3])
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(comparison.networks().stream()
                        .flatMap(network -> Stream.concat(Stream.of(""), Stream.of(targets))
                                .map(target -> network.name() + " " + target))
                        .toList());
    }

    private Path table(String ending) {
        return folder.resolve("output/compare/compare." + ending);
    }

    private static ModelManifest model(NetworkFigures network) {
        return ModelPackage.open(Path.of(network.modelUri())).manifest();
    }

    private Path dataset(String listing, int channels) throws IOException {
        Path dataset = folder.resolve("dataset");
        Files.createDirectories(dataset.resolve("imagesTr"));
        Files.createDirectories(dataset.resolve("labelsTr"));
        for (int n = 0; n < CASES; n++) {
            Scan scan = Scan.of(n, listing.contains("5") ? 5 : 1);
            new NiftiWriter().write(scan.ct(), dataset.resolve("imagesTr/case" + n + "_0000.nii.gz"));
            if (channels > 1) {
                new NiftiWriter().write(scan.mr(), dataset.resolve("imagesTr/case" + n + "_0001.nii.gz"));
            }
            new NiftiWriter().write(scan.truth(), dataset.resolve("labelsTr/case" + n + ".nii.gz"));
        }
        Files.writeString(dataset.resolve("dataset.json"), listing);
        return dataset;
    }
}
