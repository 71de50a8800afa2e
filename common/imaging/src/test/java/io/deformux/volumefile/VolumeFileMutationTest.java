package io.deformux.volumefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.metaimage.MetaImageReader;
import io.deformux.nrrd.NrrdReader;
import io.deformux.testing.format.Archives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes, reading ends in a volume within the limits or in a failure that is understood. */
class VolumeFileMutationTest {
    private static final String MHA =
            """
            NDims = 3
            BinaryData = True
            TransformMatrix = 1 0 0 0 1 0 0 0 1
            Offset = 0 0 0
            ElementSpacing = 1 1 1
            DimSize = 4 4 4
            ElementType = MET_UCHAR
            ElementDataFile = LOCAL
            """;
    private static final String NRRD =
            """
            NRRD0004
            type: uchar
            dimension: 3
            space: LPS
            sizes: 4 4 4
            space directions: (1,0,0) (0,1,0) (0,0,1)
            encoding: gzip
            space origin: (0,0,0)

            """;

    @TempDir
    Path folder;

    @Test
    void damagedFilesAreRefusedOrRead() throws IOException {
        Random random = new Random(11);
        List<byte[]> files = List.of(joined(MHA, new byte[64]), joined(NRRD, Archives.gzip(new byte[64])));
        List<VolumeReader> readers = List.of(new MetaImageReader(1000), new NrrdReader(1000));
        for (int n = 0; n < 1500; n++) {
            byte[] damaged = files.get(n % 2).clone();
            for (int hits = random.nextInt(4); hits >= 0; hits--) {
                damaged[random.nextInt(damaged.length)] =
                        (byte) (random.nextBoolean() ? ' ' + random.nextInt(90) : random.nextInt());
            }
            Path file = Files.write(folder.resolve("a"), Arrays.copyOf(damaged, damaged.length - random.nextInt(3)));
            VolumeReader reader = readers.get(n % 2);
            reader.knows(file);
            try {
                assertThat(reader.readInFolder(file).voxels().length).isLessThanOrEqualTo(1000);
            } catch (JobException e) {
                assertThat(e.code()).isNotEqualTo(FailureCode.STORAGE_UNAVAILABLE);
            }
        }
    }

    private static byte[] joined(String header, byte[] voxels) {
        byte[] start = header.getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(start, start.length + voxels.length);
        System.arraycopy(voxels, 0, all, start.length, voxels.length);
        return all;
    }
}
