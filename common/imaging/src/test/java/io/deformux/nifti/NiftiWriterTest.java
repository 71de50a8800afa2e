package io.deformux.nifti;

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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NiftiWriterTest {
    /** Oblique, left-handed, exact in float32. */
    private static final Affine OBLIQUE = Affine.of(-0.75, 0, 0.5, 10.5, 0, 1.25, 0, -20.25, 0.375, 0, 1, 30);

    private static final Affine SHEARED = Affine.of(1, 0.25, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);

    @TempDir
    Path folder;

    private final NiftiWriter writer = new NiftiWriter();
    private final NiftiReader reader = new NiftiReader(1 << 24);

    @ParameterizedTest
    @ValueSource(strings = {"scan.nii", "scan.nii.gz", "scan.NII.GZ"})
    void aVolumeComesBackAsItWas(String name) {
        Volume volume = volume(new Geometry(new Shape3(7, 5, 37), OBLIQUE));

        writer.write(volume, folder.resolve(name));

        Volume read = reader.read(folder.resolve(name));
        assertThat(read.geometry()).isEqualTo(volume.geometry());
        assertThatArray(read.voxels()).isEqualTo(volume.voxels());
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -32768, 32767, 0.5f, 32768, Float.NaN, Float.NEGATIVE_INFINITY})
    void valuesAreStoredInSixteenBitsWhereThatIsExact(float value) throws IOException {
        Volume volume = volume(new Geometry(new Shape3(7, 5, 37), OBLIQUE));
        for (int n = 0; n < volume.voxels().length; n++) {
            volume.voxels()[n] = n % 2 == 0 ? value : n;
        }
        Path file = folder.resolve("exact.nii");

        writer.writeExactly(volume, file);

        boolean exact = value == (short) value;
        assertThat(Files.size(file)).isEqualTo(352L + (exact ? 2 : 4) * 7 * 5 * 37);
        assertThatArray(reader.read(file).voxels()).isEqualTo(volume.voxels());
        assertThat(reader.holds(file, volume)).isTrue();
    }

    @Test
    void aFileDoesNotHoldOtherValuesOrAnotherGrid() {
        Volume volume = volume(new Geometry(new Shape3(7, 5, 37), OBLIQUE));
        Path file = folder.resolve("held.nii.gz");
        writer.write(volume, file);
        assertThat(reader.holds(file, volume)).isTrue();
        float[] other = volume.voxels().clone();
        other[other.length - 1]++;
        assertThat(reader.holds(file, new Volume(volume.geometry(), other))).isFalse();
        Geometry turned = new Geometry(new Shape3(5, 7, 37), OBLIQUE);
        assertThat(reader.holds(file, new Volume(turned, volume.voxels()))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels.nii", "labels.nii.gz"})
    void aLabelMapComesBackAsItWas(String name) {
        LabelMap labels = labels(new Geometry(new Shape3(19, 5, 18), SHEARED));

        writer.write(labels, folder.resolve(name));

        LabelMap read = reader.readLabels(folder.resolve(name));
        assertThat(read.geometry()).isEqualTo(labels.geometry());
        assertThatArray(read.labels()).isEqualTo(labels.labels());
    }

    @Test
    void namesAndColoursOfTheLabelsStandWhereViewersLookForThem() throws IOException {
        LabelMap labels = labels(new Geometry(new Shape3(5, 4, 3), OBLIQUE));
        LabelTable names = new LabelTable(
                List.of(new LabelTable.Label(1, "liver", 0xff8000), new LabelTable.Label(7, "a ]]> b", 0x0000ff)));
        Path file = folder.resolve("named.nii");

        writer.write(labels, names, file);

        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getShort(68)).as("intent label").isEqualTo((short) 1002);
        assertThat(bytes.get(348)).as("an extension follows").isEqualTo((byte) 1);
        int size = bytes.getInt(352);
        assertThat(size % 16).isZero();
        assertThat(bytes.getInt(356)).isEqualTo(30);
        assertThat(bytes.getFloat(108)).isEqualTo(352f + size);
        String xml = new String(bytes.array(), 360, size - 8, StandardCharsets.UTF_8).strip();
        assertThat(xml)
                .contains(
                        "<Label Key=\"1\" Red=\"1.0000\" Green=\"0.5020\" Blue=\"0.0000\" Alpha=\"1\"><![CDATA[liver]]>")
                .contains("<![CDATA[a ]] > b]]>");
        assertThatArray(reader.readLabels(file).labels()).isEqualTo(labels.labels());
    }

    @Test
    void aPlaneThatDoesNotFitInOneBlockComesBackAsItWas() {
        Volume volume = volume(new Geometry(new Shape3(2300, 2100, 2), OBLIQUE));

        writer.write(volume, folder.resolve("large.nii"));

        Volume read = reader.read(folder.resolve("large.nii"));
        assertThatArray(read.voxels()).isEqualTo(volume.voxels());
    }

    @Test
    void anAxisTooLongForNifti1IsWrittenAsNifti2() throws IOException {
        Volume volume = volume(new Geometry(new Shape3(2, 40_000, 3), OBLIQUE));

        writer.write(volume, folder.resolve("long.nii"));

        assertThat(header("long.nii").getInt(0)).isEqualTo(540);
        Volume read = reader.read(folder.resolve("long.nii"));
        assertThat(read.geometry()).isEqualTo(volume.geometry());
        assertThatArray(read.voxels()).isEqualTo(volume.voxels());
    }

    @Test
    void theHeaderSaysMillimetresAndAlignedSform() throws IOException {
        writer.write(labels(new Geometry(new Shape3(2, 3, 4), SHEARED)), folder.resolve("a.nii"));

        ByteBuffer header = header("a.nii");
        assertThat(header.getInt(0)).isEqualTo(348);
        assertThat(header.getShort(70)).as("datatype").isEqualTo((short) 2);
        assertThat(header.getShort(72)).as("bitpix").isEqualTo((short) 8);
        assertThat(header.getFloat(108)).as("vox_offset").isEqualTo(352);
        assertThat(header.getFloat(112)).as("scl_slope").isEqualTo(1);
        assertThat(header.get(123)).as("xyzt_units").isEqualTo((byte) 2);
        assertThat(header.getShort(254)).as("sform_code").isEqualTo((short) 2);
        assertThat(header.getShort(252)).as("qform_code of a sheared grid").isEqualTo((short) 0);
        assertThat(Files.size(folder.resolve("a.nii"))).isEqualTo(352 + 24);
    }

    @Test
    void theQformOfAGridWithoutShearSaysTheSame() throws IOException {
        // Every way the axes can point, also turned by a third of a right angle.
        double c = Math.sqrt(0.75), s = 0.5;
        Affine turned = Affine.of(c, -s, 0, 0, s, c, 0, 0, 0, 0, 1, 0);
        int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        double[] spacing = {0.5, 1.5, 3};
        for (int[] order : orders) {
            for (int flips = 0; flips < 8; flips++) {
                double[] rows = {0, 0, 0, 11, 0, 0, 0, -12, 0, 0, 0, 13};
                for (int axis = 0; axis < 3; axis++) {
                    rows[4 * order[axis] + axis] = (flips >> axis & 1) == 0 ? spacing[axis] : -spacing[axis];
                }
                for (Affine affine : List.of(Affine.of(rows), turned.times(Affine.of(rows)))) {
                    writer.write(labels(new Geometry(new Shape3(2, 3, 4), affine)), folder.resolve("a.nii"));

                    assertThat(header("a.nii").getShort(252)).as("qform_code").isEqualTo((short) 2);
                    byte[] bytes = Files.readAllBytes(folder.resolve("a.nii"));
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(254, (short) 0);
                    Files.write(folder.resolve("qform.nii"), bytes);
                    assertThatArray(reader.readGeometry(folder.resolve("qform.nii"))
                                    .affine()
                                    .toArray())
                            .isCloseTo(affine.toArray(), 2e-3);
                }
            }
        }
    }

    @Test
    void theSameContentGivesTheSameBytes() throws IOException {
        LabelMap labels = labels(new Geometry(new Shape3(7, 5, 37), OBLIQUE));

        writer.write(labels, folder.resolve("a.nii.gz"));
        writer.write(labels, folder.resolve("b.nii.gz"));

        byte[] a = Files.readAllBytes(folder.resolve("a.nii.gz"));
        assertThatArray(a).isEqualTo(Files.readAllBytes(folder.resolve("b.nii.gz")));
        assertThat(ByteBuffer.wrap(a).getInt(4))
                .as("no time in the gzip header")
                .isZero();
    }

    @Test
    void anOlderFileIsReplacedAndNothingElseIsLeft() throws IOException {
        Files.writeString(folder.resolve("a.nii"), "older");

        writer.write(labels(new Geometry(new Shape3(2, 3, 4), OBLIQUE)), folder.resolve("a.nii"));

        assertThatArray(reader.readLabels(folder.resolve("a.nii")).labels()).hasSize(24);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("a.nii"));
        }
    }

    @Test
    void aFolderThatIsNotThereIsAnOutputFailure() {
        LabelMap labels = labels(new Geometry(new Shape3(2, 3, 4), OBLIQUE));

        assertThatThrownBy(() -> writer.write(labels, folder.resolve("none/a.nii")))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.OUTPUT_FAILED));
    }

    private ByteBuffer header(String name) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Volume volume(Geometry geometry) {
        float[] voxels = new float[geometry.shape().length()];
        Random random = new Random(5);
        for (int n = 0; n < voxels.length; n++) {
            voxels[n] = (float) (random.nextGaussian() * 1000);
        }
        return new Volume(geometry, voxels);
    }

    private static LabelMap labels(Geometry geometry) {
        byte[] labels = new byte[geometry.shape().length()];
        new Random(6).nextBytes(labels);
        return new LabelMap(geometry, labels);
    }
}
