package io.deformux.transform;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LabelRestorationTest {
    private static final int CLASSES = 4;
    private static final long LIMIT = 1_000_000;

    /** Every orientation, straight and oblique, at twice the spacing of the amos preset. */
    static Stream<Affine> affines() {
        List<Affine> straight = Orientations.all(3, 3, 4);
        return Stream.concat(straight.stream(), straight.stream().map(a -> Orientations.tilted(a, 15)));
    }

    @ParameterizedTest
    @MethodSource("affines")
    void givesBackLabelsOfAScanThatIsOnlyReoriented(Affine affine) {
        LabelMap truth = randomLabels(new Geometry(new Shape3(5, 6, 7), affine));

        assertThatArray(roundTrip(truth, Preset.KITS).labels()).isEqualTo(truth.labels());
    }

    @ParameterizedTest
    @MethodSource("affines")
    void givesBackLabelsOfAScanThatIsResampledToHalfItsSpacing(Affine affine) {
        LabelMap truth = randomLabels(new Geometry(new Shape3(5, 6, 7), affine));

        assertThatArray(roundTrip(truth, Preset.AMOS).labels()).isEqualTo(truth.labels());
    }

    @ParameterizedTest
    @MethodSource("affines")
    void givesBackLabelsWhateverAxesTheNetworkSees(Affine affine) {
        LabelMap truth = randomLabels(new Geometry(new Shape3(5, 6, 7), affine));

        for (String axes : List.of("stored", "LPS", "SAR", "AIL")) {
            assertThatArray(roundTrip(truth, Preset.KITS.withAxes(NetworkAxes.of(axes)))
                            .labels())
                    .as(axes)
                    .isEqualTo(truth.labels());
        }
        assertThatArray(roundTrip(truth, Preset.AMOS.withAxes(NetworkAxes.STORED))
                        .labels())
                .isEqualTo(truth.labels());
    }

    @Test
    void givesBackLabelsOfAScanThatIsOneVoxelThin() {
        LabelMap truth = randomLabels(new Geometry(new Shape3(1, 6, 1), Affine.scaling(3, -3, 4)));

        assertThatArray(roundTrip(truth, Preset.AMOS).labels()).isEqualTo(truth.labels());
    }

    @Test
    void givesBackTheInsideOfRegionsOfAShearedScan() {
        Shape3 shape = new Shape3(16, 16, 16);
        Geometry sheared = new Geometry(shape, Affine.of(3, 0, 0.6, 5, 0, 3, 0.9, 6, 0, 0, 4, 7));
        LabelMap truth = new LabelMap(sheared, new byte[shape.length()]);
        for (int n = 0; n < truth.labels().length; n++) {
            int i = n / 256;
            int k = n % 16;
            truth.labels()[n] = (byte) (1 + i / 8 + (k / 8 == 1 ? 1 : 0));
        }

        LabelMap restored = roundTrip(truth, Preset.AMOS);

        for (int i : new int[] {3, 4, 11, 12}) {
            for (int k : new int[] {3, 4, 11, 12}) {
                assertThat(restored.at(i, 8, k)).isEqualTo(truth.at(i, 8, k));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.8, 0.9, 1.3", "2.9, 1.2, 5", "-0.7, 3.1, -2", "1.5, 1.5, 2"})
    void oneAxisAtATimeGivesWhatVoxelByVoxelGives(double si, double sj, double sk) {
        Geometry source = new Geometry(new Shape3(19, 23, 17), Affine.of(0, sj, 0, 1, si, 0, 0, 2, 0, 0, sk, 3));
        Grids grids = new Preprocessing(Preset.AMOS, LIMIT).grids(source);
        Shape3 oriented = grids.oriented().shape();
        Shape3 crop =
                new Shape3(Math.max(oriented.d() - 3, 1), Math.max(oriented.h() - 5, 1), Math.max(oriented.w() - 2, 1));
        CropBox box = new CropBox(1, 2, 1, crop);

        LabelRestoration fast = LabelRestoration.of(grids, box, 5);
        LabelRestoration plain = new ShearedRestoration(grids, box, 5, LabelRule.LARGEST);

        assertThat(fast).isInstanceOf(SeparableRestoration.class);
        Random random = new Random(11);
        for (int plane = 0; plane < crop.d(); plane++) {
            float[] logits = new float[5 * crop.h() * crop.w()];
            for (int n = 0; n < logits.length; n++) {
                boolean likelyBackground = n < crop.h() * crop.w() && n / crop.w() % 3 > 0;
                logits[n] = 6 * random.nextFloat() + (likelyBackground ? 5 : 0);
            }
            fast.accept(plane, logits);
            plain.accept(plane, logits);
        }
        byte[] labels = fast.finish().labels();
        assertThatArray(labels).isEqualTo(plain.finish().labels());
        assertThatArray(labels).contains(0, 1, 2, 3, 4);
    }

    @Test
    void ofRegionsTheLastOfTheOrderWinsThatIsLikelierThanNot() {
        LabelRule rule = new LabelRule(List.of(1, 3, 2));
        Geometry source = new Geometry(new Shape3(1, 1, 6), Affine.scaling(1, 1, 1));
        Grids grids = new Preprocessing(Preset.KITS, LIMIT).grids(source);
        CropBox box = new CropBox(0, 0, 0, source.shape());
        LabelRestoration fast = LabelRestoration.of(grids, box, 4, rule);
        LabelRestoration plain = new ShearedRestoration(grids, box, 4, rule);
        float[] logits = {
            0, 0, 0, 0, 0, 0, // the threshold
            -1, 9, 9, 9, 2, -1, // label 1, the outermost
            -1, -1, 0.1f, 8, 3, 9, // label 3
            -1, -1, -1, 0.1f, 1, 3 // label 2, the last of the order
        };

        fast.accept(0, logits);
        plain.accept(0, logits);

        assertThatArray(fast.finish().labels()).containsExactly(0, 1, 3, 2, 2, 2);
        assertThatArray(plain.finish().labels()).containsExactly(0, 1, 3, 2, 2, 2);
    }

    @Test
    void regionsMayBeWrittenAsOneLabelOrCutAnotherOut() {
        LabelRule rule = new LabelRule(List.of(120, 4, 120, 0));
        Geometry source = new Geometry(new Shape3(1, 1, 6), Affine.scaling(1, 1, 1));
        Grids grids = new Preprocessing(Preset.KITS, LIMIT).grids(source);
        CropBox box = new CropBox(0, 0, 0, source.shape());
        LabelRestoration fast = LabelRestoration.of(grids, box, rule.channels(121), rule);
        LabelRestoration plain = new ShearedRestoration(grids, box, rule.channels(121), rule);
        float[] logits = {
            0, 0, 0, 0, 0, 0, // the threshold
            9, 9, -1, 9, 9, -1, // label 120
            -1, 2, 2, 2, 2, -1, // label 4
            -1, -1, -1, 1, 1, -1, // label 120 again
            -1, -1, -1, -1, 1, 2 // no label
        };

        fast.accept(0, logits);
        plain.accept(0, logits);

        assertThatArray(fast.finish().labels()).containsExactly(120, 4, 4, 120, 0, 0);
        assertThatArray(plain.finish().labels()).containsExactly(120, 4, 4, 120, 0, 0);
        assertThat(rule.channelsOf(120)).containsExactly(1, 3);
        assertThat(rule.channelsOf(4)).containsExactly(2);
        assertThat(rule.channelsOf(0)).containsExactly(0);
        assertThat(rule.channelsOf(7)).isEmpty();
        assertThat(LabelRule.LARGEST.channelsOf(7)).containsExactly(7);
    }

    @ParameterizedTest
    @CsvSource({"0.8, 0.9, 1.3", "2.9, 1.2, 5"})
    void regionsAreRestoredAlikeOneAxisAtATimeAndVoxelByVoxel(double si, double sj, double sk) {
        Geometry source = new Geometry(new Shape3(19, 23, 17), Affine.of(0, sj, 0, 1, si, 0, 0, 2, 0, 0, sk, 3));
        Grids grids = new Preprocessing(Preset.AMOS, LIMIT).grids(source);
        CropBox box = new CropBox(0, 0, 0, grids.oriented().shape());
        LabelRule rule = new LabelRule(List.of(2, 1, 3));
        LabelRestoration fast = LabelRestoration.of(grids, box, 4, rule);
        LabelRestoration plain = new ShearedRestoration(grids, box, 4, rule);
        Random random = new Random(12);
        int area = box.shape().h() * box.shape().w();
        for (int plane = 0; plane < box.shape().d(); plane++) {
            float[] logits = new float[4 * area];
            for (int n = area; n < logits.length; n++) {
                logits[n] = (float) random.nextGaussian() - n / area % 3;
            }
            fast.accept(plane, logits);
            plain.accept(plane, logits);
        }
        byte[] labels = fast.finish().labels();
        assertThatArray(labels).isEqualTo(plain.finish().labels());
        assertThatArray(labels).contains(0, 1, 2, 3);
    }

    @Test
    void fadesOverOneNetworkVoxelOutsideTheCropBox() {
        // 0.5 mm voxels in a 1.5 mm grid: network voxel 2 is scan voxel 6; scan voxels 4 to 8 touch it
        Geometry source = new Geometry(new Shape3(1, 1, 13), Affine.scaling(1.5, 1.5, 0.5));
        Preset preset =
                new Preset("custom", List.of(1.5, 1.5, 1.5), new IntensityWindow(0, 1), List.of("background", "thing"));
        Grids grids = new Preprocessing(preset, LIMIT).grids(source);

        LabelRestoration restoration = LabelRestoration.of(grids, new CropBox(0, 0, 2, new Shape3(1, 1, 1)), 2);
        restoration.accept(0, new float[] {0, 0.1f});

        assertThatArray(restoration.finish().labels()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0);
    }

    @Test
    void prefersTheFirstOfEquallyLikelyClasses() {
        Geometry source = new Geometry(new Shape3(1, 1, 3), Affine.scaling(1, 1, 1));
        Grids grids = new Preprocessing(Preset.KITS, LIMIT).grids(source);
        LabelRestoration restoration = LabelRestoration.of(grids, new CropBox(0, 0, 0, source.shape()), 4);

        restoration.acceptProbabilities(0, new float[] {
            0.25f, 0.1f, 0.5f,
            0.25f, 0.4f, 0.5f,
            0.25f, 0.4f, 0f,
            0.25f, 0.1f, 0f
        });

        assertThatArray(restoration.finish().labels()).containsExactly(0, 1, 0);
    }

    @Test
    void interpolatesProbabilitiesNotLogits() {
        // The middle scan voxel lies halfway between two network voxels: the probabilities there are about
        // (0.73, 0.27, 0) and (0, 0.27, 0.73), while the mean logits (-20, 9, -20) would favour class 1.
        Geometry source = new Geometry(new Shape3(1, 1, 3), Affine.scaling(1, 1, 1));
        Preset preset = new Preset("custom", List.of(1.0, 1.0, 2.0), new IntensityWindow(0, 1), List.of("background"));
        Grids grids = new Preprocessing(preset, LIMIT).grids(source);
        LabelRestoration restoration = LabelRestoration.of(grids, new CropBox(0, 0, 0, new Shape3(1, 1, 2)), 3);

        restoration.accept(0, new float[] {10, -50, 9, 9, -50, 10});

        assertThatArray(restoration.finish().labels()).containsExactly(0, 0, 2);
    }

    @Test
    void refusesPlanesOutOfOrderAndAnEarlyEnd() {
        Geometry source = new Geometry(new Shape3(3, 1, 1), Affine.scaling(1, 1, 1));
        Grids grids = new Preprocessing(Preset.KITS, LIMIT).grids(source);
        LabelRestoration restoration = LabelRestoration.of(grids, new CropBox(0, 0, 0, source.shape()), 2);
        restoration.accept(0, new float[] {1, 0});

        assertThatThrownBy(() -> restoration.accept(2, new float[] {1, 0}))
                .hasMessageContaining("plane 1 of 3 was due");
        assertThatThrownBy(restoration::finish).hasMessageContaining("only 1 of 3 planes");
    }

    @Test
    void refusesPlanesThatNoArrayCanHold() {
        Grids grids = new Preprocessing(Preset.KITS, LIMIT)
                .grids(new Geometry(new Shape3(1, 4000, 4000), Affine.scaling(1, 1, 1)));

        assertThatThrownBy(() -> LabelRestoration.of(grids, new CropBox(0, 0, 0, new Shape3(1, 4000, 4000)), 256))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.INPUT_TOO_LARGE));
    }

    /** Preprocesses a scan that is all foreground and restores the logits of a network that finds {@code truth}. */
    private static LabelMap roundTrip(LabelMap truth, Preset preset) {
        float[] voxels = new float[truth.labels().length];
        Arrays.fill(voxels, 100);
        Preprocessed preprocessed = new Preprocessing(preset, LIMIT).apply(new Volume(truth.geometry(), voxels));
        CropBox box = preprocessed.foreground().orElseThrow().box();
        LabelRestoration restoration = LabelRestoration.of(preprocessed.grids(), box, CLASSES);
        int plane = box.shape().h() * box.shape().w();
        for (int i = 0; i < box.shape().d(); i++) {
            float[] logits = new float[CLASSES * plane];
            for (int n = 0; n < plane; n++) {
                int j = n / box.shape().w();
                int k = n % box.shape().w();
                int label = nearest(truth, preprocessed.grids().oriented(), box.d() + i, box.h() + j, box.w() + k);
                logits[label * plane + n] = 20;
            }
            restoration.accept(i, logits);
        }
        return restoration.finish();
    }

    /** The label of the scan voxel nearest to a voxel of {@code grid}, found through the patient's coordinates. */
    private static int nearest(LabelMap labels, Geometry grid, int i, int j, int k) {
        double[] world = grid.affine().apply(i, j, k);
        double[] at = labels.geometry().affine().inverse().apply(world[0], world[1], world[2]);
        int[] index = new int[3];
        for (int axis = 0; axis < 3; axis++) {
            int last = labels.geometry().shape().axis(axis) - 1;
            index[axis] = (int) Math.min(Math.max(Math.rint(at[axis]), 0), last);
        }
        return labels.at(index[0], index[1], index[2]);
    }

    private static LabelMap randomLabels(Geometry geometry) {
        byte[] labels = new byte[geometry.shape().length()];
        Random random = new Random(5);
        for (int n = 0; n < labels.length; n++) {
            labels[n] = (byte) random.nextInt(CLASSES);
        }
        return new LabelMap(geometry, labels);
    }
}
