package io.deformux.dicom.seg;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.transform.Preset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SegmentTableTest {
    private final SegmentTable table = SegmentTable.standard();

    static Iterable<Preset> presets() {
        return Preset.all();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyClassOfAPresetHasCodesAndAColourOfItsOwn(Preset preset) {
        Set<DisplayColour> colours = new HashSet<>();
        for (int label = 1; label < preset.classes().size(); label++) {
            String name = preset.classes().get(label);
            assertThat(table.knows(preset.name(), name)).as(name).isTrue();
            assertThat(colours.add(table.codes(preset.name(), name, label).colour()))
                    .as("colour of %s", name)
                    .isTrue();
        }
    }

    @Test
    void aClassOfAnotherPresetIsWhatItsNameMeansInAllOfThem() {
        assertThat(table.codes("own", "Liver", 3).type())
                .isEqualTo(table.codes("amos", "liver", 6).type());
        assertThat(table.codes("own", "left_kidney", 1).modifier())
                .isEqualTo(table.codes("amos", "left kidney", 3).modifier());
        // Of the kidney, the pancreas or the liver.
        assertThat(table.codes("own", "tumor", 1).type().value()).isEqualTo("85756007");
        assertThat(table.codes("own", "cyst", 1).type().value()).isEqualTo("85756007");
    }

    @Test
    void anythingElseIsTissue() {
        SegmentCodes codes = table.codes("own", "soft tissue", 3);

        assertThat(codes.category().value()).isEqualTo("85756007");
        assertThat(codes.type().value()).isEqualTo("85756007");
        assertThat(codes.colour()).isNotEqualTo(table.codes("own", "spleen", 4).colour());
    }

    /** Reference values of the sRGB primaries in CIELab under D50. */
    @Test
    void coloursAreStoredAsCieLab() {
        assertThatArray(new DisplayColour(255, 255, 255).cieLab()).containsExactly(65535, 32896, 32896);
        assertThatArray(new DisplayColour(0, 0, 0).cieLab()).containsExactly(0, 32896, 32896);
        // Red: L* 54.29, a* 80.81, b* 69.89.
        int[] red = new DisplayColour(255, 0, 0).cieLab();
        assertThat(red[0] / 655.35).isBetween(54.24, 54.34);
        assertThat(red[1] / 257.0 - 128).isBetween(80.7, 80.9);
        assertThat(red[2] / 257.0 - 128).isBetween(69.8, 70.0);
    }
}
