package io.deformux.metaimage;

import static io.deformux.failure.FailureCode.INPUT_NOT_FOUND;
import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;
import static io.deformux.failure.FailureCode.INPUT_TRUNCATED;
import static io.deformux.failure.FailureCode.VOLUME_HEADER_INVALID;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.failure.JobException;
import io.deformux.volume.Shape3;
import io.deformux.volume.Volume;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetaImageReaderTest {
    /** As ITK writes it; the second axis runs to the head, the third to the front. */
    private static final String HEADER =
            """
            ObjectType = Image
            NDims = 3
            BinaryData = True
            BinaryDataByteOrderMSB = False
            CompressedData = False
            TransformMatrix = 1 0 0 0 0 1 0 -1 0
            Offset = 10 20 30
            CenterOfRotation = 0 0 0
            AnatomicalOrientation = RSA
            ElementSpacing = 1.5 2 2.5
            DimSize = 2 3 4
            ElementType = MET_SHORT
            ElementDataFile = LOCAL
            """;

    @TempDir
    Path folder;

    private final MetaImageReader reader = new MetaImageReader(1 << 20);

    @Test
    void everyVoxelGoesToItsPlaceInThePatient() throws IOException {
        Volume volume = reader.read(file("a.mha", HEADER, voxels(ByteOrder.LITTLE_ENDIAN)));

        assertThat(volume.geometry().shape()).isEqualTo(new Shape3(2, 3, 4));
        assertThat(volume.at(1, 0, 0)).isEqualTo(1);
        assertThat(volume.at(0, 1, 0)).isEqualTo(2);
        assertThat(volume.at(0, 0, 1)).isEqualTo(6);
        assertThatArray(volume.geometry().affine().toArray())
                .isCloseTo(new double[] {-1.5, 0, 0, -10, 0, 0, 2.5, -20, 0, 2, 0, 30, 0, 0, 0, 1}, 1e-12);
    }

    @Test
    void bothByteOrdersAndCompressionGiveTheSame() throws IOException {
        float[] values = reader.read(file("a.mha", HEADER, voxels(ByteOrder.LITTLE_ENDIAN)))
                .voxels();
        String big = HEADER.replace("MSB = False", "MSB = True");
        String packed = HEADER.replace("CompressedData = False", "CompressedData = True");

        assertThatArray(reader.read(file("b.mha", big, voxels(ByteOrder.BIG_ENDIAN)))
                        .voxels())
                .isEqualTo(values);
        assertThatArray(reader.read(file("c.mha", packed, deflated(voxels(ByteOrder.LITTLE_ENDIAN))))
                        .voxels())
                .isEqualTo(values);
    }

    @Test
    void aHeaderWithItsDataFileIsReadInAFolderAndRefusedAlone() throws IOException {
        Path header = file("a.mhd", HEADER.replace("LOCAL", "a.raw"), new byte[0]);
        assertThat(catchThrowableOfType(JobException.class, () -> reader.readInFolder(header))
                        .code())
                .isEqualTo(INPUT_NOT_FOUND);
        Files.write(folder.resolve("a.raw"), voxels(ByteOrder.LITTLE_ENDIAN));

        assertThat(reader.readInFolder(header).at(1, 2, 3)).isEqualTo(23);
        assertThat(catchThrowableOfType(JobException.class, () -> reader.read(header)))
                .hasMessageContaining("folder or archive that holds both");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.raw", "/etc/passwd", "C:\\a.raw", "LIST", "a%03d.raw 1 4 1"})
    void aDataFileElsewhereIsRefused(String name) throws IOException {
        Path header = file("a.mhd", HEADER.replace("LOCAL", name), new byte[0]);

        assertThat(catchThrowableOfType(JobException.class, () -> reader.readInFolder(header))
                        .code())
                .isEqualTo(VOLUME_HEADER_INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NDims = 3|NDims = 2",
                "BinaryData = True|BinaryData = False",
                "MET_SHORT|MET_LONG",
                "MET_SHORT|MET_UCHAR_ARRAY",
                "ObjectType = Image|ObjectType = Mesh",
                "DimSize = 2 3 4|DimSize = 2 0 4",
                "DimSize = 2 3 4|DimSize = 2 3",
                "ElementSpacing = 1.5 2 2.5|ElementSpacing = 1.5 NaN 2.5",
                "ElementSpacing = 1.5 2 2.5|ElementSpacing = 0.0015 0.002 0.0025",
                "CenterOfRotation = 0 0 0|CenterOfRotation = 0 5 0",
                "Offset = 10 20 30|Offset = 10 20 30\nElementNumberOfChannels = 3",
                "Offset = 10 20 30|Offset = 10 20 30\nDistanceUnits = um",
                "Offset = 10 20 30|Offset = 10 20 30\nOffset = 10 20 30",
                "Offset = 10 20 30|what"
            })
    void whatIsNotPlainIsRefused(String change) throws IOException {
        String[] fromTo = change.split("\\|");
        Path file = file("a.mha", HEADER.replace(fromTo[0], fromTo[1]), voxels(ByteOrder.LITTLE_ENDIAN));

        assertThat(catchThrowableOfType(JobException.class, () -> reader.read(file))
                        .code())
                .isEqualTo(VOLUME_HEADER_INVALID);
    }

    @Test
    void aHugeOrShortOrLongFileIsRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] voxels = voxels(ByteOrder.LITTLE_ENDIAN);
        Path huge = file("a.mha", HEADER.replace("DimSize = 2 3 4", "DimSize = 100000 100000 4"), voxels);
        Path cut = file("b.mha", HEADER, Arrays.copyOf(voxels, 47));
        Path headless = file("c.mha", HEADER.substring(0, 50), new byte[0]);
        String packed = HEADER.replace("CompressedData = False", "CompressedData = True");
        byte[] deflated = deflated(voxels);
        Path damaged = file("d.mha", packed, Arrays.copyOf(deflated, deflated.length - 6));

        assertThat(catchThrowableOfType(JobException.class, () -> reader.read(huge))
                        .code())
                .isEqualTo(INPUT_TOO_LARGE);
        for (Path file : new Path[] {cut, headless, damaged}) {
            assertThat(catchThrowableOfType(JobException.class, () -> reader.read(file))
                            .code())
                    .isEqualTo(INPUT_TRUNCATED);
        }
    }

    @Test
    void isKnownByItsContent() throws IOException {
        assertThat(reader.knows(file("anything", HEADER, new byte[0]))).isTrue();
        assertThat(reader.knows(Files.write(folder.resolve("a.mha"), new byte[400])))
                .isFalse();
        assertThat(reader.knows(folder)).isFalse();
    }

    private Path file(String name, String header, byte[] voxels) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(header.getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(voxels);
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    private static byte[] voxels(ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(48).order(order);
        for (int n = 0; n < 24; n++) {
            bytes.putShort((short) n);
        }
        return bytes.array();
    }

    private static byte[] deflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }
}
