package io.deformux.volumefile;

import io.deformux.failure.FailureClass;
import io.deformux.failure.JobException;
import io.deformux.metaimage.MetaImageReader;
import io.deformux.nifti.NiftiReader;
import io.deformux.nrrd.NrrdReader;
import io.deformux.testing.format.Archives;
import io.deformux.testing.format.NiftiBytes;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import io.deformux.testing.fuzz.ScratchFolder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Volume files, damaged in any way: a volume within the limit or a refusal that is documented. */
@Tag("fuzz")
class VolumeFileFuzzTest {
    private static final int MOST_VOXELS = 1 << 16;

    /** Voxels as float and as stored (8 bytes at most), and buffers of streams. */
    private static final FuzzTarget.Memory MEMORY = new FuzzTarget.Memory(MOST_VOXELS * 16L + (3 << 20), 64);

    private static final int NIFTI_HEADER = 348;
    private static final ScratchFolder SCRATCH = new ScratchFolder();

    static Stream<FuzzTarget> targets() {
        return Stream.of(
                target("nifti", nifti(), List.of("n+1", "ni1", "n+2"), VolumeFileFuzzTest::readNifti),
                target(
                        "nifti-in-gzip",
                        nifti().subList(0, 4),
                        List.of("n+1"),
                        plain -> readNifti(Archives.gzip(plain))),
                target("nifti-series", List.of(series()), List.of("n+1"), VolumeFileFuzzTest::readSeries),
                target("nifti-pair", List.of(pair()), List.of("ni1"), VolumeFileFuzzTest::readPair),
                target(
                        "metaimage",
                        metaImages(),
                        metaImageWords(),
                        bytes -> read(new MetaImageReader(MOST_VOXELS), bytes)),
                target("nrrd", nrrds(), nrrdWords(), bytes -> read(new NrrdReader(MOST_VOXELS), bytes)));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheBytesReadingEndsInAVolumeOrADocumentedRefusal(FuzzTarget target) {
        FuzzRun.check(target);
    }

    private static FuzzTarget target(String name, List<byte[]> seeds, List<String> words, FuzzTarget.Reading reading) {
        List<byte[]> tokens = words.stream().map(Archives::bytes).toList();
        return new FuzzTarget(name, seeds, tokens, VolumeFileFuzzTest::isRefusal, MEMORY, reading);
    }

    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof JobException refusal && refusal.code().failureClass() == FailureClass.BAD_JOB;
    }

    private static void readNifti(byte[] bytes) {
        NiftiReader reader = new NiftiReader(MOST_VOXELS);
        read(reader, bytes);
        reader.readGeometry(SCRATCH.path().resolve("volume"));
    }

    private static void readSeries(byte[] bytes) {
        new NiftiReader(MOST_VOXELS / 4).readSeries(SCRATCH.write("volume", bytes), 4);
    }

    private static void read(VolumeReader reader, byte[] bytes) {
        Path file = SCRATCH.write("volume", bytes);
        reader.knows(file);
        reader.readInFolder(file);
        reader.read(file);
    }

    private static void readPair(byte[] bytes) {
        int header = Math.min(NIFTI_HEADER, bytes.length);
        Path file = SCRATCH.write("pair.hdr", Arrays.copyOf(bytes, header));
        SCRATCH.write("pair.img", Arrays.copyOfRange(bytes, header, bytes.length));
        new NiftiReader(MOST_VOXELS).readInFolder(file);
    }

    private static List<byte[]> nifti() {
        byte[] placed = new NiftiBytes(1, ByteOrder.BIG_ENDIAN)
                .sform(1, -1.5, 0, 0, 9, 0, 2, 0, -7, 0, 0, 2.5, 3)
                .units(2)
                .extension(32)
                .plain();
        byte[] rotated = new NiftiBytes(2, ByteOrder.LITTLE_ENDIAN)
                .qform(1, 0, 0, 1, 4, 5, 6)
                .scaling(2, -1024)
                .plain();
        byte[] real = NiftiBytes.version1().type(64, 64).data(new byte[24 * 8]).plain();
        byte[] small = NiftiBytes.version1().type(2, 8).data(new byte[24]).gzip();
        return List.of(NiftiBytes.version1().plain(), placed, rotated, real, small);
    }

    private static byte[] series() {
        return NiftiBytes.version1()
                .dim(4, 2, 3, 4, 3)
                .data(new byte[3 * 24 * 2])
                .plain();
    }

    private static byte[] pair() {
        NiftiBytes whole = NiftiBytes.version1().voxOffset(0);
        whole.header.put(NIFTI_HEADER - 4, Archives.bytes("ni1"));
        byte[] file = whole.plain();
        // A pair has no bytes between header and data.
        return joined(Arrays.copyOf(file, NIFTI_HEADER), Arrays.copyOfRange(file, NIFTI_HEADER + 4, file.length));
    }

    private static List<byte[]> metaImages() {
        String header =
                """
                ObjectType = Image
                NDims = 3
                BinaryData = True
                BinaryDataByteOrderMSB = False
                CompressedData = %s
                TransformMatrix = 1 0 0 0 1 0 0 0 1
                Offset = 0 0 0
                CenterOfRotation = 0 0 0
                ElementSpacing = 1 1 1
                DimSize = 4 4 4
                ElementType = %s
                ElementDataFile = LOCAL
                """;
        return List.of(
                joined(Archives.bytes(header.formatted("False", "MET_UCHAR")), new byte[64]),
                joined(Archives.bytes(header.formatted("False", "MET_SHORT")), new byte[128]));
    }

    private static List<String> metaImageWords() {
        return List.of(
                "MET_DOUBLE", "MET_FLOAT", "MET_LONG_LONG", "MET_INT", "HeaderSize = -1\n", "LIST", "%03d", "True");
    }

    private static List<byte[]> nrrds() {
        String header =
                """
                NRRD0004
                type: %s
                dimension: 3
                space: left-posterior-superior
                sizes: 4 4 4
                space directions: (1,0,0) (0,1,0) (0,0,1)
                kinds: domain domain domain
                endian: little
                encoding: %s
                space origin: (0,0,0)

                """;
        return List.of(
                joined(Archives.bytes(header.formatted("uchar", "raw")), new byte[64]),
                joined(Archives.bytes(header.formatted("short", "gzip")), Archives.gzip(new byte[128])));
    }

    private static List<String> nrrdWords() {
        return List.of(
                "double", "float", "int64", "block", "ascii", "hex", "bzip2", "line skip: 1\n", "byte skip: -1\n");
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
