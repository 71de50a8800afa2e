package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.nifti.NiftiReader;
import io.deformux.nifti.NiftiWriter;
import io.deformux.volume.Affine;
import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Scans are loaded as the reference loads them, and real ones as the tool that wrote them meant. */
@Tag("parity")
class NiftiParityTest {
    @TempDir
    static Path folder;

    private final NiftiReader reader = new NiftiReader(1 << 24);

    @TestFactory
    Stream<DynamicTest> scansOfThePreprocessingCases() {
        return cases(name -> {
            Npz expected = Fixtures.npz("preproc/" + name + "/expected.npz");

            Volume scan = reader.read(Fixtures.fixture("preproc/" + name + "/input.nii.gz"));

            assertThat(scan.geometry().shape())
                    .isEqualTo(Shape3.of(expected.get("raw_scaled").shape()));
            assertThatArray(scan.voxels()).isEqualTo(expected.get("raw_scaled").floats());
            assertThatArray(scan.geometry().affine().toArray())
                    .isCloseTo(expected.get("affine_input").doubles(), 1e-6);
        });
    }

    @TestFactory
    Stream<DynamicTest> labelMapsThatTheReferenceSaved() {
        return cases(name -> {
            Npz expected = Fixtures.npz("preproc/" + name + "/expected.npz");

            LabelMap saved = reader.readLabels(Fixtures.fixture("preproc/" + name + "/expected_label.nii.gz"));
            Path ours = folder.resolve(name + ".nii.gz");
            new NiftiWriter().write(saved, ours);

            assertThat(saved.geometry().shape())
                    .isEqualTo(Shape3.of(expected.get("label").shape()));
            assertThatArray(saved.geometry().affine().toArray())
                    .isCloseTo(expected.get("affine_input").doubles(), 1e-4);
            int[] labels = new int[saved.labels().length];
            for (int n = 0; n < labels.length; n++) {
                labels[n] = saved.labels()[n] & 0xff;
            }
            assertThatArray(labels).isEqualTo(expected.get("label").ints());
            assertThat(reader.readLabels(ours).geometry()).isEqualTo(saved.geometry());
        });
    }

    private interface Case {
        void check(String name);
    }

    private static Stream<DynamicTest> cases(Case test) {
        return Fixtures.json("preproc/preproc.json").properties().stream()
                .filter(entry -> entry.getValue().has("stored_dtype"))
                .map(Map.Entry<String, JsonNode>::getKey)
                .map(name -> dynamicTest(name, () -> test.check(name)));
    }

    @Test
    void aRealHeadCtWrittenByDcm2niix() {
        Volume scan = reader.read(Fixtures.data("ct-head/ct_head.nii.gz"));
        LabelMap labels = reader.readLabels(Fixtures.data("ct-head/ct_head_labels.nii.gz"));

        assertThat(scan.geometry().shape()).isEqualTo(new Shape3(256, 256, 108));
        Affine affine = scan.geometry().affine();
        assertThatArray(affine.spacing()).isCloseTo(new double[] {0.95703, 0.95703, 1.5}, 1e-4);
        assertThat(affine.at(0, 0)).as("stored from right to left").isNegative();
        assertThat(labels.geometry()).isEqualTo(scan.geometry());
        // Air around the head, and bone denser than soft tissue, show that voxels and labels lie where they belong.
        double[] sum = new double[3];
        for (int n = 0; n < scan.voxels().length; n++) {
            sum[labels.labels()[n]] += scan.voxels()[n];
        }
        long[] counts = labels.counts();
        assertThat(scan.at(0, 0, 54)).isLessThan(-900);
        assertThat(sum[0] / counts[0]).as("mean HU of background").isLessThan(-500);
        assertThat(sum[1] / counts[1]).as("mean HU of soft tissue").isBetween(-300.0, 200.0);
        assertThat(sum[2] / counts[2]).as("mean HU of bone").isGreaterThan(300);
    }
}
