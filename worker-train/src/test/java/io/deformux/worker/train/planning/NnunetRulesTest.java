package io.deformux.worker.train.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.TrainingMemory;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.transbts.TransBts;
import io.deformux.network.architecture.unest.Unest;
import io.deformux.network.architecture.uxnet.UxNet;
import io.deformux.nifti.NiftiWriter;
import io.deformux.transform.ClippedScore;
import io.deformux.transform.ZScore;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import io.deformux.worker.train.dataset.Dataset;
import io.deformux.worker.train.dataset.DatasetReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spacing, intensities, window and batch follow from the data set as nnU-Net's paper says. */
class NnunetRulesTest {
    private static final DeformUxNetConfig SMALL =
            new DeformUxNetConfig(1, 2, List.of(8, 16, 32, 64), List.of(1, 1, 1, 1), 64, 3);
    private static final PlannedWindows WINDOWS = windows(window -> SMALL);
    private static final long PLENTY = 1L << 50;

    @TempDir
    Path folder;

    @Test
    void spacingIsTheMedianOfEachAxis() {
        SpacingRule rule = SpacingRule.of(figures(
                "CT",
                scan(new double[] {0.7, 0.7, 1}, 300, 300, 200),
                scan(new double[] {0.8, 0.9, 2}, 300, 300, 100),
                scan(new double[] {1.1, 1.2, 1.5}, 300, 300, 140)));

        assertThat(rule).isEqualTo(new SpacingRule(List.of(0.8, 0.9, 1.5), false));
    }

    @Test
    void ofThickSlicesItIsTheTenthPercentileButNotFinerThanTheOtherAxes() {
        ScanFigures[] thick = IntStream.range(0, 11)
                .mapToObj(n -> scan(new double[] {0.5, 0.5, 3 + n}, 400, 400, 30))
                .toArray(ScanFigures[]::new);
        assertThat(SpacingRule.of(figures("CT", thick))).isEqualTo(new SpacingRule(List.of(0.5, 0.5, 4.0), true));

        thick[0] = scan(new double[] {0.5, 0.5, 0.2}, 400, 400, 30);
        thick[1] = scan(new double[] {0.5, 0.5, 0.3}, 400, 400, 30);
        assertThat(SpacingRule.of(figures("CT", thick)).spacing()).containsExactly(0.5, 0.5, 0.5);

        ScanFigures many = scan(new double[] {0.5, 0.5, 5}, 400, 400, 200);
        assertThat(SpacingRule.of(figures("CT", many)).thickSlices())
                .as("with many slices")
                .isFalse();
    }

    @Test
    void ctIsClippedAndMeasuredByWhatIsInStructures() {
        float[] structures = new float[1001];
        for (int n = 0; n < structures.length; n++) {
            structures[n] = 1000 - n;
        }
        ScanFigures scan = scan(new double[] {1, 1, 1}, 64, 64, 64, structures);

        ClippedScore score =
                (ClippedScore) IntensityRule.of(figures("ct", scan), 0).intensity();

        assertThat(score.lo()).isEqualTo(5);
        assertThat(score.hi()).isEqualTo(995);
        assertThat(score.mean()).isEqualTo(500);
        assertThat(score.deviation()).isCloseTo((float) Math.sqrt(1001 * 1001 / 12.0), within(0.01f));
    }

    @Test
    void anythingElseIsMeasuredByItself() {
        IntensityRule named = IntensityRule.of(figures("T2", scan(new double[] {1, 1, 1}, 64, 64, 64)), 0);

        assertThat(named.intensity()).isEqualTo(new ZScore());
        assertThat(named.words()).contains("channel is T2 and not CT");
        assertThat(IntensityRule.of(new DatasetFigures(List.of(), List.of(scan(new double[] {1, 1, 1}, 9, 9, 9))), 0)
                        .words())
                .contains("has no name");
    }

    @Test
    void eachChannelHasARuleAndTheScanIsAsLargeAsWhatAnyOfThemShows() {
        boolean[][] left = {all(64), all(64), all(64)};
        boolean[][] right = {all(64), all(64), all(64)};
        Arrays.fill(left[0], 40, 64, false);
        Arrays.fill(right[0], 0, 15, false);
        ScanFigures scan = new ScanFigures(
                "made",
                new double[] {1, 1, 1},
                new int[] {0, 1, 2},
                List.of(
                        new ChannelFigures(new float[][] {filled(64), filled(64), filled(64)}, left, new float[] {1}),
                        new ChannelFigures(
                                new float[][] {filled(64), filled(64), filled(64)}, right, new float[] {1})));

        NnunetRules rules = NnunetRules.of(new DatasetFigures(List.of("T1", "FLAIR"), List.of(scan)), WINDOWS, PLENTY);

        assertThat(rules.intensities()).containsExactly(new ZScore(), new ZScore());
        assertThat(rules.words())
                .anyMatch(line -> line.startsWith("intensities of T1: "))
                .anyMatch(line -> line.startsWith("intensities of FLAIR: "));
        assertThat(rules.window()).isEqualTo(new Shape3(64, 64, 64));
    }

    @Test
    void theWindowIsTheMedianScanWhereThatIsSmallAndMemoryPlenty() {
        NnunetRules rules = NnunetRules.of(
                figures("MR", scan(new double[] {1, 1, 1}, 100, 70, 90), scan(new double[] {1, 1, 1}, 120, 80, 90)),
                WINDOWS,
                PLENTY);

        assertThat(rules.window()).as("multiples of 16 that all scans hold").isEqualTo(new Shape3(96, 64, 80));
        assertThat(rules.batch()).as("at least two").isEqualTo(2);
    }

    @Test
    void theWindowOfALargeScanIsACubeInMillimetres() {
        ScanFigures scan = scan(new double[] {1, 1, 4}, 600, 600, 600);

        Shape3 window = NnunetRules.of(figures("MR", scan), WINDOWS, PLENTY).window();

        // 256^3 voxels of 1 x 1 x 4 mm as a cube: 406 mm.
        assertThat(window).isEqualTo(new Shape3(400, 400, 96));
    }

    @Test
    void stretchesOfTheWindowGoTheWayOfTheAxesAndNotOfTheFile() {
        ScanFigures stored = scan(new double[] {4, 1, 1}, 30, 200, 100);
        ScanFigures turned = new ScanFigures("turned", stored.spacing(), new int[] {1, 2, 0}, stored.channels());

        NnunetRules rules = NnunetRules.of(figures("MR", turned), WINDOWS, PLENTY);

        assertThat(rules.spacing()).containsExactly(4.0, 1.0, 1.0);
        assertThat(rules.window()).isEqualTo(new Shape3(192, 96, 16));
    }

    @Test
    void lessMemoryMakesItSmallerAlongTheAxisThatShowsMost() {
        DatasetFigures figures = figures("MR", scan(new double[] {1, 1, 1}, 192, 128, 128));
        Shape3 whole = NnunetRules.of(figures, WINDOWS, PLENTY).window();
        long half = WINDOWS.bytes(whole, 2) / 2;

        NnunetRules rules = NnunetRules.of(figures, WINDOWS, half);

        assertThat(whole).isEqualTo(new Shape3(192, 128, 128));
        assertThat(WINDOWS.bytes(rules.window(), 2)).isLessThanOrEqualTo(half).isGreaterThan(half / 2);
        assertThat((double) rules.window().d() / 192)
                .as("about the same part of each axis")
                .isCloseTo(rules.window().h() / 128.0, within(0.15));
        assertThatThrownBy(() -> NnunetRules.of(figures, WINDOWS, 1000))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.DEVICE_OUT_OF_MEMORY))
                .hasMessageContaining("two crops of 32x16x16");
    }

    @Test
    void theBatchGrowsAsLongAsMemoryAndATwentiethOfTheDataAllow() {
        ScanFigures[] scans = new ScanFigures[50];
        Arrays.fill(scans, scan(new double[] {1, 1, 1}, 64, 64, 64));
        DatasetFigures figures = figures("MR", scans);
        long five = WINDOWS.bytes(new Shape3(64, 64, 64), 5);

        assertThat(NnunetRules.of(figures, WINDOWS, PLENTY).batch())
                .as("50 / 20")
                .isEqualTo(3);
        assertThat(NnunetRules.of(figures("MR", doubled(doubled(scans))), WINDOWS, five)
                        .batch())
                .as("what fits")
                .isEqualTo(5);
    }

    private static ScanFigures[] doubled(ScanFigures[] scans) {
        ScanFigures[] twice = Arrays.copyOf(scans, 2 * scans.length);
        System.arraycopy(scans, 0, twice, scans.length, scans.length);
        return twice;
    }

    @Test
    void aScanThatIsSmallerThanTheSmallestWindowIsNamed() {
        assertThatThrownBy(
                        () -> NnunetRules.of(figures("MR", scan(new double[] {1, 1, 1}, 15, 64, 64)), WINDOWS, PLENTY))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.VOLUME_TOO_SMALL))
                .hasMessageContaining("case made has only 15x64x64");
    }

    @Test
    void scansThatLeaveNoWindowThatTheNetworkTakesAreRefused() {
        assertThatThrownBy(
                        () -> NnunetRules.of(figures("MR", scan(new double[] {1, 1, 1}, 20, 20, 20)), WINDOWS, PLENTY))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.VOLUME_TOO_SMALL))
                .hasMessageContaining("a window of 16x16x16");
    }

    @Test
    void ofSeveralNetworksTheOneThatTakesMostDecides() {
        NetworkConfig wide = UxNet.ARCHITECTURE.configured(1, 2, NetworkSettings.NONE);
        Shape3 window = new Shape3(64, 64, 64);

        long both = new PlannedWindows(List.of(any -> SMALL, any -> wide)).bytes(window, 2);

        assertThat(both)
                .isEqualTo(TrainingMemory.of(wide, 64, 64, 64).bytes(2))
                .isGreaterThan(WINDOWS.bytes(window, 2));
    }

    @Test
    void theNetworksOfThePaperArePlannedForTogetherOnACube() {
        List<Function<Shape3, NetworkConfig>> networks = List.of(
                window -> SMALL,
                window -> TransBts.ARCHITECTURE.configured(
                        1, 2, NetworkSettings.NONE.with("embedding", 256).with("imageSize", window.d())),
                window -> Unest.ARCHITECTURE.configured(1, 2, NetworkSettings.NONE.with("imageSize", window.d())));
        PlannedWindows windows = new PlannedWindows(networks);
        DatasetFigures figures = figures("MR", scan(new double[] {1, 1, 2}, 200, 140, 100));

        NnunetRules rules = NnunetRules.of(figures, windows, PLENTY);

        assertThat(rules.window()).isEqualTo(new Shape3(96, 96, 96));
        assertThat(rules.words())
                .anyMatch(line -> line.startsWith("window 96x96x96, a cube since networks among these take no other,"));
        long less = windows.bytes(rules.window(), 2) - 1;
        assertThat(NnunetRules.of(figures, windows, less).window()).isEqualTo(new Shape3(64, 64, 64));
        assertThatThrownBy(() -> NnunetRules.of(figures, windows, 1000))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.DEVICE_OUT_OF_MEMORY));
        assertThatThrownBy(() ->
                        NnunetRules.of(figures("MR", scan(new double[] {1, 1, 1}, 60, 140, 100)), windows, PLENTY))
                .hasMessageContaining("a window of 32x32x32, which the network does not take");
    }

    @Test
    void aCubeIsNoLargerThanAnyNetworkTakes() {
        PlannedWindows windows = windows(window -> TransBts.ARCHITECTURE.configured(
                1, 2, NetworkSettings.NONE.with("embedding", 256).with("imageSize", window.d())));

        assertThat(NnunetRules.of(figures("MR", scan(new double[] {1, 1, 4}, 600, 600, 600)), windows, PLENTY)
                        .window())
                .as("400x400x96 of any shape")
                .isEqualTo(new Shape3(96, 96, 96));
        assertThat(NnunetRules.of(figures("MR", scan(new double[] {1, 1, 1}, 270, 270, 270)), windows, PLENTY)
                        .window())
                .isEqualTo(new Shape3(256, 256, 256));
    }

    @Test
    void aNetworkOfOneSizeIsNotPlannedFor() {
        assertThatThrownBy(() -> windows(window -> {
                    if (!window.equals(new Shape3(96, 96, 96))) {
                        throw new IllegalArgumentException("96 alone");
                    }
                    return SMALL;
                }))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.EVENT_INVALID))
                .hasMessageContaining("--roi");
    }

    @Test
    void figuresAreThoseOfTheFilesWhereverThePatientLies() throws IOException {
        Files.createDirectories(folder.resolve("imagesTr"));
        Files.createDirectories(folder.resolve("labelsTr"));
        Files.writeString(
                folder.resolve("dataset.json"),
                """
                {"channel_names": {"0": "CT"}, "labels": {"background": 0, "organ": 1}, "numTraining": 1,
                 "file_ending": ".nii.gz"}
                """);
        Shape3 shape = new Shape3(30, 40, 50);
        // Stored from right to left, from above to below, from back to front.
        Geometry geometry = new Geometry(shape, Affine.of(-1, 0, 0, 0, 0, 0, 2, 0, 0, -3, 0, 0));
        float[] hu = new float[shape.length()];
        byte[] labels = new byte[shape.length()];
        Arrays.fill(hu, -1000);
        for (int i = 3; i < 25; i++) {
            for (int j = 5; j < 38; j++) {
                for (int k = 6; k < 46; k++) {
                    hu[shape.index(i, j, k)] = 40 + k;
                    labels[shape.index(i, j, k)] = 1;
                }
            }
        }
        new NiftiWriter().write(new Volume(geometry, hu), folder.resolve("imagesTr/a_0000.nii.gz"));
        new NiftiWriter().write(new LabelMap(geometry, labels), folder.resolve("labelsTr/a.nii.gz"));
        Dataset dataset = new DatasetReader().read(folder, List.of());

        DatasetFigures figures = DatasetFigures.of(dataset, 1 << 20);
        NnunetRules rules = NnunetRules.of(figures, WINDOWS, PLENTY);

        assertThat(rules.spacing()).containsExactly(1.0, 3.0, 2.0);
        assertThat(rules.intensities().get(0)).isInstanceOfSatisfying(ClippedScore.class, score -> {
            assertThat(score.lo()).isEqualTo(46);
            assertThat(score.hi()).isEqualTo(85);
            assertThat(score.mean()).isCloseTo(65.5f, within(0.2f));
        });
        // 22 voxels from left to right, 39 (above the lowest value) from back to front, 33 from below to above.
        assertThat(rules.window()).isEqualTo(new Shape3(16, 32, 32));
        assertThat(rules.words())
                .hasSize(7)
                .anyMatch(line -> line.contains("kernels and strides stay"))
                .anyMatch(line -> line.contains("resampled and then scaled"));
        assertThat(rules.words()).allMatch(line -> line.length() <= 500);
    }

    private static PlannedWindows windows(Function<Shape3, NetworkConfig> network) {
        return new PlannedWindows(List.of(network));
    }

    private static DatasetFigures figures(String channel, ScanFigures... scans) {
        return new DatasetFigures(List.of(channel), List.of(scans));
    }

    private static ScanFigures scan(double[] spacing, int... size) {
        return scan(spacing, size[0], size[1], size[2], new float[] {1, 2, 3});
    }

    private static ScanFigures scan(double[] spacing, int d, int h, int w, float[] structures) {
        float[][] highest = {filled(d), filled(h), filled(w)};
        boolean[][] nonZero = {all(d), all(h), all(w)};
        return new ScanFigures(
                "made", spacing, new int[] {0, 1, 2}, List.of(new ChannelFigures(highest, nonZero, structures)));
    }

    private static float[] filled(int size) {
        float[] values = new float[size];
        Arrays.fill(values, 1000);
        return values;
    }

    private static boolean[] all(int size) {
        boolean[] values = new boolean[size];
        Arrays.fill(values, true);
        return values;
    }
}
