package io.deformux.nrrd;

import static io.deformux.failure.FailureCode.INPUT_NOT_FOUND;
import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;
import static io.deformux.failure.FailureCode.INPUT_TRUNCATED;
import static io.deformux.failure.FailureCode.VOLUME_HEADER_INVALID;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.failure.JobException;
import io.deformux.testing.format.Archives;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NrrdReaderTest {
    /** As 3D Slicer writes it; the second axis runs to the head, the third to the front. */
    private static final String HEADER =
            """
            NRRD0004
            # Complete NRRD file format specification at:
            # http://teem.sourceforge.net/nrrd/format.html
            type: short
            dimension: 3
            space: left-posterior-superior
            sizes: 2 3 4
            space directions: (1.5,0,0) (0,0,2) (0,-2.5,0)
            kinds: domain domain domain
            endian: little
            encoding: raw
            space origin: (10,20,30)
            a key:=and its value: anything

            """;

    @TempDir
    Path folder;

    private final NrrdReader reader = new NrrdReader(1 << 20);

    @Test
    void everyVoxelGoesToItsPlaceInThePatient() throws IOException {
        Volume volume = reader.read(file("a.nrrd", HEADER, voxels(ByteOrder.LITTLE_ENDIAN)));

        assertThat(volume.geometry().shape()).isEqualTo(new Shape3(2, 3, 4));
        assertThat(volume.at(1, 0, 0)).isEqualTo(1);
        assertThat(volume.at(0, 1, 0)).isEqualTo(2);
        assertThat(volume.at(0, 0, 1)).isEqualTo(6);
        assertThatArray(volume.geometry().affine().toArray())
                .isCloseTo(new double[] {-1.5, 0, 0, -10, 0, 0, 2.5, -20, 0, 2, 0, 30, 0, 0, 0, 1}, 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"RAS, 10, 20", "right-anterior-superior, 10, 20", "LAS, -10, 20", "lps, -10, -20"})
    void theSpaceSaysLeftFromRight(String space, double x, double y) throws IOException {
        String header = HEADER.replace("left-posterior-superior", space);

        double[] origin = reader.read(file("a.nrrd", header, voxels(ByteOrder.LITTLE_ENDIAN)))
                .geometry()
                .affine()
                .apply(0, 0, 0);

        assertThatArray(origin).containsExactly(x, y, 30);
    }

    @Test
    void bothByteOrdersAndCompressionGiveTheSame() throws IOException {
        float[] values = reader.read(file("a.nrrd", HEADER, voxels(ByteOrder.LITTLE_ENDIAN)))
                .voxels();
        String big = HEADER.replace("endian: little", "endian: big");
        String packed = HEADER.replace("encoding: raw", "encoding: gzip");

        assertThatArray(reader.read(file("b.nrrd", big, voxels(ByteOrder.BIG_ENDIAN)))
                        .voxels())
                .isEqualTo(values);
        assertThatArray(reader.read(file("c.nrrd", packed, Archives.gzip(voxels(ByteOrder.LITTLE_ENDIAN))))
                        .voxels())
                .isEqualTo(values);
    }

    @Test
    void aHeaderWithItsDataFileIsReadInAFolderAndRefusedAlone() throws IOException {
        Path header = file("a.nhdr", HEADER.replace("kinds:", "data file: a.raw\nkinds:"), new byte[0]);
        Files.write(folder.resolve("a.raw"), voxels(ByteOrder.LITTLE_ENDIAN));

        assertThat(reader.readInFolder(header).at(1, 2, 3)).isEqualTo(23);
        assertThat(catchThrowableOfType(JobException.class, () -> reader.read(header))
                        .code())
                .isEqualTo(INPUT_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dimension: 3|dimension: 4",
                "space: left-posterior-superior|space: scanner-xyz",
                "space: left-posterior-superior|content: none",
                "space origin: (10,20,30)|content: none",
                "space directions: (1.5,0,0) (0,0,2) (0,-2.5,0)|spacings: 1.5 2 2.5",
                "space directions: (1.5,0,0) (0,0,2) (0,-2.5,0)|space directions: none (0,0,2) (0,-2.5,0)",
                "space directions: (1.5,0,0) (0,0,2) (0,-2.5,0)|space directions: (0.0015,0,0) (0,0,0.002) (0,0.0025,0)",
                "kinds: domain domain domain|kinds: list domain domain",
                "encoding: raw|encoding: bzip2",
                "encoding: raw|encoding: raw\nbyte skip: -1",
                "encoding: raw|encoding: raw\nspace units: \"um\" \"um\" \"um\"",
                "encoding: raw|encoding: raw\ndata file: LIST",
                "endian: little|content: none",
                "type: short|type: block"
            })
    void whatIsNotPlainIsRefused(String change) throws IOException {
        String[] fromTo = change.split("\\|");
        Path file = file("a.nrrd", HEADER.replace(fromTo[0], fromTo[1]), voxels(ByteOrder.LITTLE_ENDIAN));

        assertThat(catchThrowableOfType(JobException.class, () -> reader.read(file))
                        .code())
                .isEqualTo(VOLUME_HEADER_INVALID);
    }

    @Test
    void aHugeOrShortFileIsRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] voxels = voxels(ByteOrder.LITTLE_ENDIAN);
        Path huge = file("a.nrrd", HEADER.replace("sizes: 2 3 4", "sizes: 100000 100000 4"), voxels);
        Path cut = file("b.nrrd", HEADER, Arrays.copyOf(voxels, 47));
        Path headless = file("c.nrrd", HEADER.substring(0, 50), new byte[0]);

        assertThat(catchThrowableOfType(JobException.class, () -> reader.read(huge))
                        .code())
                .isEqualTo(INPUT_TOO_LARGE);
        for (Path file : new Path[] {cut, headless}) {
            assertThat(catchThrowableOfType(JobException.class, () -> reader.read(file))
                            .code())
                    .isEqualTo(INPUT_TRUNCATED);
        }
    }

    @Test
    void isKnownByItsContent() throws IOException {
        assertThat(reader.knows(file("anything", HEADER, new byte[0]))).isTrue();
        assertThat(reader.knows(Files.write(folder.resolve("a.nrrd"), new byte[400])))
                .isFalse();
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
}
