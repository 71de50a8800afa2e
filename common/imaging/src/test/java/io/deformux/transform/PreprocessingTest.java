package io.deformux.transform;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.transform.Preprocessed.Foreground;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PreprocessingTest {
    private static final long LIMIT = 1_000_000;
    private static final Preprocessing KITS = new Preprocessing(Preset.KITS, LIMIT);
    private static final Preprocessing AMOS = new Preprocessing(Preset.AMOS, LIMIT);

    @Test
    void cropsToWhatIsAboveTheWindow() {
        Volume scan = air(new Shape3(4, 5, 6), Affine.scaling(1, 1, 1));
        set(scan, 1, 2, 3, 75);
        set(scan, 2, 4, 3, 1000);
        set(scan, 3, 0, 0, -125);

        Foreground foreground = KITS.apply(scan).foreground().orElseThrow();

        assertThat(foreground.box()).isEqualTo(new CropBox(1, 2, 3, new Shape3(2, 3, 1)));
        assertThatArray(foreground.image()).containsExactly(0.5f, 0, 0, 0, 0, 1);
    }

    @Test
    void cropsToWhatIsForegroundInAnyChannelAndScalesEachByItself() {
        Volume one = air(new Shape3(4, 5, 6), Affine.scaling(1, 1, 1));
        set(one, 1, 2, 3, 75);
        Volume two = new Volume(one.geometry(), new float[one.voxels().length]);
        set(two, 2, 2, 3, 30);
        set(two, 2, 3, 3, 50);
        Preset preset = Preset.KITS.withChannels(
                List.of(new ImageChannel("CT", Preset.KITS.intensity()), new ImageChannel("PET", new ZScore())));

        Foreground foreground = new Preprocessing(preset, LIMIT)
                .apply(List.of(one, two))
                .foreground()
                .orElseThrow();

        assertThat(foreground.box()).isEqualTo(new CropBox(1, 2, 3, new Shape3(2, 2, 1)));
        assertThatArray(foreground.image()).containsExactly(0.5f, 0, 0, 0, 0, 0, -1, 1);
    }

    @Test
    void takesNoOtherNumberOfChannelsThanThePresetHas() {
        Volume scan = air(new Shape3(4, 5, 6), Affine.scaling(1, 1, 1));
        assertThatThrownBy(() -> KITS.apply(List.of(scan, scan))).hasMessage("2 channels for a preset of 1");
    }

    static List<Affine> orientations() {
        return Orientations.all(1, 1, 1);
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void putsEveryVoxelAtItsRasPlace(Affine affine) {
        Volume scan = air(new Shape3(3, 4, 5), affine);
        set(scan, 0, 1, 1, -25);
        set(scan, 2, 2, 3, 75);

        Preprocessed preprocessed = KITS.apply(scan);

        Foreground foreground = preprocessed.foreground().orElseThrow();
        assertThat(valueAt(preprocessed, affine.apply(0, 1, 1))).isEqualTo(0.25f);
        assertThat(valueAt(preprocessed, affine.apply(2, 2, 3))).isEqualTo(0.5f);
        assertThatArray(foreground.image()).hasSize(3 * 2 * 3);
    }

    @ParameterizedTest
    @MethodSource("orientations")
    void putsEveryVoxelAtItsPlaceOnTheAxesThatTheNetworkSees(Affine affine) {
        Volume scan = air(new Shape3(3, 4, 5), affine);
        set(scan, 0, 1, 1, -25);
        set(scan, 2, 2, 3, 75);
        for (String code : List.of("RAS", "LPS", "SAR", "AIL", NetworkAxes.AS_STORED)) {
            Preprocessed preprocessed =
                    new Preprocessing(Preset.KITS.withAxes(NetworkAxes.of(code)), LIMIT).apply(scan);

            assertThat(valueAt(preprocessed, affine.apply(0, 1, 1))).as(code).isEqualTo(0.25f);
            assertThat(valueAt(preprocessed, affine.apply(2, 2, 3))).as(code).isEqualTo(0.5f);
            Geometry oriented = preprocessed.grids().oriented();
            if (code.equals(NetworkAxes.AS_STORED)) {
                assertThat(oriented).isEqualTo(scan.geometry());
            } else {
                assertThat(codeOf(oriented.affine())).isEqualTo(code);
            }
        }
    }

    private static String codeOf(Affine affine) {
        StringBuilder code = new StringBuilder();
        for (int axis = 0; axis < 3; axis++) {
            for (int patient = 0; patient < 3; patient++) {
                double step = affine.at(patient, axis);
                if (step != 0) {
                    code.append("RASLPI".charAt(step > 0 ? patient : patient + 3));
                }
            }
        }
        return code.toString();
    }

    @Test
    void axesThatAreSaidHaveTheirOwnSpacing() {
        Affine asr = Affine.of(0, 0, 4, 0, 4, 0, 0, 0, 0, -4, 0, 0);
        Geometry scan = new Geometry(new Shape3(4, 7, 10), asr);

        Grids ras = new Preprocessing(Preset.AMOS.withAxes(NetworkAxes.of("RAS")), LIMIT).grids(scan);
        assertThatArray(ras.oriented().affine().spacing()).containsExactly(1.5, 1.5, 2);
        Grids slp = new Preprocessing(Preset.AMOS.withAxes(NetworkAxes.of("SLP")), LIMIT).grids(scan);
        assertThatArray(slp.oriented().affine().spacing()).containsExactly(1.5, 1.5, 2);
        assertThat(codeOf(slp.oriented().affine())).isEqualTo("SLP");
        Grids stored = new Preprocessing(Preset.AMOS.withAxes(NetworkAxes.STORED), LIMIT).grids(scan);
        assertThatArray(stored.oriented().affine().spacing()).containsExactly(1.5, 1.5, 2);
        assertThat(stored.oriented().shape()).isEqualTo(new Shape3(9, 17, 19));
    }

    /** The grid begins at the first stored voxel: 9 mm are 4.5 voxels of 2 mm, of which it takes 5 from either end. */
    @Test
    void twoFormsOfOneScanAreSeenAtMostHalfAVoxelApart() {
        Shape3 shape = new Shape3(10, 10, 10);
        Preprocessing said = new Preprocessing(Preset.AMOS.withAxes(NetworkAxes.of("RAS")), LIMIT);

        Geometry upright =
                said.grids(new Geometry(shape, Affine.scaling(1, 1, 1))).oriented();
        Geometry turned = said.grids(new Geometry(shape, Affine.of(-1, 0, 0, 9, 0, 1, 0, 0, 0, 0, -1, 9)))
                .oriented();

        assertThat(turned.shape()).isEqualTo(upright.shape());
        assertThatArray(turned.affine().spacing()).isEqualTo(upright.affine().spacing());
        assertThat(turned.affine().at(0, 3)).as("9 mm are 6 voxels of 1.5 mm").isZero();
        assertThat(turned.affine().at(1, 3)).isZero();
        assertThat(Math.abs(turned.affine().at(2, 3) - upright.affine().at(2, 3)))
                .isLessThanOrEqualTo(1);
    }

    @Test
    void axesThatArentAreRefused() {
        for (String code : List.of("", "RA", "RAR", "RLS", "ras", "RASS")) {
            assertThatThrownBy(() -> NetworkAxes.of(code))
                    .hasMessageContaining("the axes must be stored, or one of R and L");
        }
    }

    @Test
    void resamplesStoredAxesBeforeOrienting() {
        // stored as ASR with 4 mm per voxel: 1.5 mm along stored axes 0 and 1, 2 mm along stored axis 2
        Affine asr = Affine.of(0, 0, 4, 0, 4, 0, 0, 0, 0, -4, 0, 0);

        Grids grids = AMOS.grids(new Geometry(new Shape3(4, 7, 10), asr));

        assertThat(grids.resampled().shape()).isEqualTo(new Shape3(9, 17, 19));
        assertThat(grids.oriented().shape()).isEqualTo(new Shape3(19, 9, 17));
        assertThatArray(grids.oriented().affine().spacing()).containsExactly(2, 1.5, 1.5);
    }

    @Test
    void findsNoForegroundInAir() {
        Volume scan = air(new Shape3(4, 5, 6), Affine.scaling(3, 3, 3));

        Preprocessed preprocessed = AMOS.apply(scan);

        assertThat(preprocessed.foreground()).isEmpty();
        assertThat(preprocessed.grids().background().geometry()).isEqualTo(scan.geometry());
        assertThat(preprocessed.grids().background().counts()[0]).isEqualTo(120);
    }

    @Test
    void takesScansThatAreOneVoxelThin() {
        Volume scan = air(new Shape3(1, 7, 1), Affine.scaling(3, 3, 3));
        set(scan, 0, 3, 0, 75);

        Preprocessed preprocessed = AMOS.apply(scan);

        assertThat(preprocessed.grids().oriented().shape()).isEqualTo(new Shape3(1, 13, 1));
        assertThat(preprocessed.foreground().orElseThrow().box()).isEqualTo(new CropBox(0, 6, 0, new Shape3(1, 1, 1)));
    }

    @Test
    void leavesAScanOfTheRightSpacingAsItIs() {
        Volume scan = air(new Shape3(4, 4, 4), Affine.scaling(1.5004, 1.5, 2));
        set(scan, 2, 1, 3, 75);

        Preprocessed preprocessed = AMOS.apply(scan);

        assertThat(preprocessed.grids().untouched()).isTrue();
        assertThatArray(preprocessed.foreground().orElseThrow().image()).containsExactly(0.5f);
    }

    @Test
    void countsValuesThatAreNotNumbersAsAir() {
        Volume scan = air(new Shape3(4, 4, 4), Affine.scaling(1, 1, 1));
        set(scan, 0, 0, 0, Float.NaN);
        set(scan, 2, 1, 3, 75);

        assertThat(KITS.apply(scan).foreground().orElseThrow().box())
                .isEqualTo(new CropBox(2, 1, 3, new Shape3(1, 1, 1)));
    }

    @Test
    void refusesAScanThatResamplingBlowsUp() {
        Volume scan = air(new Shape3(10, 10, 10), Affine.scaling(1000, 1000, 1000));

        assertThatThrownBy(() -> AMOS.apply(scan)).isInstanceOfSatisfying(JobException.class, e -> assertThat(e.code())
                .isEqualTo(FailureCode.INPUT_TOO_LARGE));
    }

    private static float valueAt(Preprocessed preprocessed, double[] world) {
        Foreground foreground = preprocessed.foreground().orElseThrow();
        double[] index = preprocessed.grids().oriented().affine().inverse().apply(world[0], world[1], world[2]);
        CropBox box = foreground.box();
        return foreground
                .image()[
                box.shape()
                        .index(
                                (int) Math.rint(index[0]) - box.d(),
                                (int) Math.rint(index[1]) - box.h(),
                                (int) Math.rint(index[2]) - box.w())];
    }

    private static Volume air(Shape3 shape, Affine affine) {
        float[] voxels = new float[shape.length()];
        Arrays.fill(voxels, -1000);
        return new Volume(new Geometry(shape, affine), voxels);
    }

    private static void set(Volume scan, int i, int j, int k, float value) {
        scan.voxels()[scan.geometry().shape().index(i, j, k)] = value;
    }
}
