package io.deformux.worker.infer.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.failure.Warning;
import io.deformux.failure.WarningCode;
import io.deformux.volume.Affine;
import io.deformux.volume.Geometry;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlausibilityTest {
    private static final List<String> NAMES = List.of("background", "liver", "spleen");

    private static Volume scan(double spacing, float... values) {
        Geometry grid = new Geometry(new Shape3(4, 5, 6), Affine.scaling(spacing, spacing, spacing));
        float[] voxels = new float[120];
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = values[n % values.length];
        }
        return new Volume(grid, voxels);
    }

    @Test
    void aScanOfAPatientHasNoWarning() {
        assertThat(Plausibility.of(scan(50, -1000, 40, Float.NaN), true)).isEmpty();
        assertThat(Plausibility.of(scan(50, 0, 255), false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.003, true", "1.5, true", "2, false", "400, false", "600, true", "2833, true"})
    void aScanTooSmallOrTooLargeForAPatientIsTold(double spacing, boolean told) {
        assertThat(codes(Plausibility.of(scan(spacing, -1000, 40), true)).contains(WarningCode.SCAN_SIZE_IMPLAUSIBLE))
                .isEqualTo(told);
    }

    @Test
    void aScanOfOneValueIsTold() {
        assertThat(codes(Plausibility.of(scan(50, 7), true))).containsExactly(WarningCode.SCAN_VALUES_CONSTANT);
        assertThat(codes(Plausibility.of(scan(50, Float.NaN), true))).containsExactly(WarningCode.SCAN_VALUES_CONSTANT);
    }

    @ParameterizedTest
    @CsvSource({"0, 255", "0, 4095", "-1024, -900", "-100000, 100", "-1000, 100000"})
    void valuesThatCannotBeHounsfieldUnitsAreToldOfACtAlone(float least, float most) {
        assertThat(codes(Plausibility.of(scan(50, least, most), true))).containsExactly(WarningCode.SCAN_VALUES_NOT_HU);
        assertThat(Plausibility.of(scan(50, least, most), false)).isEmpty();
    }

    @Test
    void labelsThatFoundNothingOrOneThingEverywhereAreTold() {
        byte[] labels = new byte[120];
        assertThat(codes(of(labels))).containsExactly(WarningCode.LABELS_ALL_BACKGROUND);
        Arrays.fill(labels, (byte) 2);
        assertThat(of(labels))
                .containsExactly(
                        new Warning(WarningCode.LABELS_ONE_CLASS, "every voxel of the scan is labelled spleen"));
        labels[60] = 1;
        assertThat(codes(of(labels))).containsExactly(WarningCode.LABEL_TOUCHES_EVERY_BORDER);
    }

    @Test
    void aLabelHasToReachAllSixBordersToBeTold() {
        Shape3 shape = new Shape3(4, 5, 6);
        byte[] labels = new byte[120];
        labels[shape.index(0, 0, 0)] = 1;
        labels[shape.index(3, 4, 2)] = 1;
        labels[shape.index(1, 1, 5)] = 2;
        assertThat(of(labels)).isEmpty();
        labels[shape.index(1, 1, 5)] = 1;
        assertThat(of(labels))
                .extracting(Warning::message)
                .containsExactly("labels that reach all six borders of the scan: liver");
    }

    private static List<Warning> of(byte[] labels) {
        Geometry grid = new Geometry(new Shape3(4, 5, 6), Affine.scaling(1, 1, 1));
        return Plausibility.of(new LabelMap(grid, labels), NAMES);
    }

    private static List<WarningCode> codes(List<Warning> warnings) {
        return warnings.stream().map(Warning::code).toList();
    }
}
