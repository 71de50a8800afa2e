package io.deformux.nifti;

import static io.deformux.failure.FailureCode.AFFINE_INVALID;
import static io.deformux.failure.FailureCode.HEAP_OUT_OF_MEMORY;
import static io.deformux.failure.FailureCode.INPUT_NOT_FOUND;
import static io.deformux.failure.FailureCode.INPUT_TOO_LARGE;
import static io.deformux.failure.FailureCode.INPUT_TRUNCATED;
import static io.deformux.failure.FailureCode.NIFTI_HEADER_INVALID;
import static io.deformux.failure.FailureCode.NIFTI_MAGIC_WRONG;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.testing.format.NiftiBytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read ends with the right code, never with another exception. */
class NiftiBadInputTest {
    private static final long MAX_VOXELS = 1 << 20;

    @TempDir
    Path folder;

    private final NiftiReader reader = new NiftiReader(MAX_VOXELS);

    static Stream<Arguments> badFiles() {
        byte[] plain = v1().plain();
        byte[] gzip = v1().gzip();
        return Stream.of(
                bad("empty", INPUT_TRUNCATED, new byte[0]),
                bad("text", NIFTI_MAGIC_WRONG, "hello".getBytes(StandardCharsets.US_ASCII)),
                bad("zip", NIFTI_MAGIC_WRONG, new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0}),
                bad("gzip twice", NIFTI_MAGIC_WRONG, NiftiBytes.gzip(gzip)),
                bad("Analyze 7.5", NIFTI_MAGIC_WRONG, patched(344, 0, 0, 0, 0)),
                bad("header of a pair", NIFTI_MAGIC_WRONG, patched(344, 'n', 'i', '1', 0)),
                bad("NIfTI-2 after a text mode transfer", NIFTI_MAGIC_WRONG, v2MagicDamaged()),
                bad("half a header", INPUT_TRUNCATED, Arrays.copyOf(plain, 200)),
                bad("header only", INPUT_TRUNCATED, Arrays.copyOf(plain, 348)),
                bad("one byte short", INPUT_TRUNCATED, Arrays.copyOf(plain, plain.length - 1)),
                bad("gzip magic only", INPUT_TRUNCATED, Arrays.copyOf(gzip, 2)),
                bad("gzip cut in the middle", INPUT_TRUNCATED, Arrays.copyOf(gzip, gzip.length / 2)),
                bad("gzip without its trailer", INPUT_TRUNCATED, Arrays.copyOf(gzip, gzip.length - 8)),
                bad("gzip trailer cut", INPUT_TRUNCATED, Arrays.copyOf(gzip, gzip.length - 1)),
                bad("gzip checksum wrong", INPUT_TRUNCATED, flipped(gzip, gzip.length - 8)),
                bad("gzip length wrong", INPUT_TRUNCATED, flipped(gzip, gzip.length - 1)),
                bad("gzip data damaged", INPUT_TRUNCATED, flipped(gzip, 20)),
                bad("one byte behind gzip", INPUT_TRUNCATED, followed(gzip, 1)),
                bad("much behind gzip", INPUT_TRUNCATED, followed(gzip, 100_000)),
                bad("gzip of a truncated file", INPUT_TRUNCATED, NiftiBytes.gzip(Arrays.copyOf(plain, 390))),
                bad("two axes", NIFTI_HEADER_INVALID, v1().dim(2, 2, 3).plain()),
                bad("no axes", NIFTI_HEADER_INVALID, v1().dim(0).plain()),
                bad("eight axes", NIFTI_HEADER_INVALID, v1().dim(8).plain()),
                bad("time axis", NIFTI_HEADER_INVALID, v1().dim(4, 2, 3, 2, 2).plain()),
                bad("negative size", NIFTI_HEADER_INVALID, v1().dim(3, 2, -3, 4).plain()),
                bad("zero size", NIFTI_HEADER_INVALID, v1().dim(3, 2, 0, 4).plain()),
                bad("huge", INPUT_TOO_LARGE, v1().dim(3, 32767, 32767, 32767).plain()),
                bad(
                        "huge by overflow",
                        INPUT_TOO_LARGE,
                        v2().dim(3, 1L << 62, 1L << 62, 16).plain()),
                bad(
                        "huge by wrapping to 0",
                        INPUT_TOO_LARGE,
                        v2().dim(3, 1L << 20, 1L << 32, 1L << 12).plain()),
                bad(
                        "over the limit",
                        INPUT_TOO_LARGE,
                        v1().dim(3, 1024, 1024, 2).plain()),
                bad(
                        "large and not there",
                        INPUT_TRUNCATED,
                        v1().dim(3, 1024, 1024, 1).plain()),
                bad(
                        "large and not there, gzip",
                        INPUT_TRUNCATED,
                        v1().dim(3, 1024, 1024, 1).gzip()),
                bad("float128", NIFTI_HEADER_INVALID, v1().type(1536, 128).plain()),
                bad("rgb", NIFTI_HEADER_INVALID, v1().type(128, 24).plain()),
                bad("unknown type", NIFTI_HEADER_INVALID, v1().type(7, 16).plain()),
                bad(
                        "intercept NaN",
                        NIFTI_HEADER_INVALID,
                        v1().scaling(2, Double.NaN).plain()),
                bad("metres", NIFTI_HEADER_INVALID, v1().units(1).plain()),
                bad(
                        "micrometres, seconds",
                        NIFTI_HEADER_INVALID,
                        v2().units(3 | 8).plain()),
                bad(
                        "offset in the header",
                        NIFTI_HEADER_INVALID,
                        v1().voxOffset(100).plain()),
                bad(
                        "offset negative",
                        NIFTI_HEADER_INVALID,
                        v1().voxOffset(-352).plain()),
                bad(
                        "offset NaN",
                        NIFTI_HEADER_INVALID,
                        v1().voxOffset(Double.NaN).plain()),
                bad(
                        "offset between bytes",
                        NIFTI_HEADER_INVALID,
                        v1().voxOffset(352.5).plain()),
                bad(
                        "offset far away",
                        NIFTI_HEADER_INVALID,
                        v1().voxOffset(1e30).plain()),
                bad(
                        "offset behind the end",
                        INPUT_TRUNCATED,
                        v1().voxOffset(1 << 20).plain()),
                bad(
                        "sform NaN",
                        AFFINE_INVALID,
                        v1().sform(1, 1, 0, 0, Double.NaN, 0, 1, 0, 0, 0, 0, 1, 0)
                                .plain()),
                bad(
                        "sform singular",
                        AFFINE_INVALID,
                        v1().sform(1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0).plain()),
                bad("sform zero", AFFINE_INVALID, v1().sform(1).plain()),
                bad("voxel size 0", AFFINE_INVALID, v1().pixdim(1, 1, 0, 1).plain()),
                bad(
                        "voxel size NaN",
                        AFFINE_INVALID,
                        v1().pixdim(1, 1, Double.NaN, 1).plain()),
                bad(
                        "qform, voxel size 0",
                        AFFINE_INVALID,
                        v1().qform(1).pixdim(1, 1, 0, 1).plain()),
                bad(
                        "qform not a rotation",
                        AFFINE_INVALID,
                        v1().qform(1, 1, 1, 0).plain()),
                bad("qform NaN", AFFINE_INVALID, v1().qform(1, Double.NaN).plain()),
                bad(
                        "qform offset infinite",
                        AFFINE_INVALID,
                        v1().qform(1, 0, 0, 0, 1e300).plain()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void isRefusedWithItsCode(String name, FailureCode code, byte[] bytes) {
        Path file = NiftiBytes.write(folder.resolve("scan.nii.gz"), bytes);

        JobException refused = catchThrowableOfType(JobException.class, () -> reader.read(file));

        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused).hasMessageNotContaining(folder.toString());
    }

    @Test
    void aScanThatTheHeapCanNeverHoldIsRefusedBeforeItIsRead() throws IOException {
        assumeTrue(Runtime.getRuntime().maxMemory() < 8_000_000_000L, "the heap of this JVM would hold it");
        Path file = NiftiBytes.write(
                folder.resolve("a.nii"),
                v1().dim(3, 1024, 1024, 2000).type(2, 8).plain());
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(352 + 1024 * 1024 * 2000L);
        }

        JobException refused =
                catchThrowableOfType(JobException.class, () -> new NiftiReader(Long.MAX_VALUE).read(file));

        assertThat(refused.code()).isEqualTo(HEAP_OUT_OF_MEMORY);
    }

    @Test
    void aTypeThatCannotBeReadIsNamed() {
        Path file = NiftiBytes.write(folder.resolve("a.nii"), v1().type(32, 64).plain());

        assertThat(catchThrowableOfType(JobException.class, () -> reader.read(file)))
                .hasMessageContaining("complex64");
    }

    @Test
    void aMissingFileAndAFolderAreNotFound() {
        for (Path path : new Path[] {folder.resolve("none.nii"), folder}) {
            assertThat(catchThrowableOfType(JobException.class, () -> reader.read(path))
                            .code())
                    .isEqualTo(INPUT_NOT_FOUND);
        }
    }

    @Test
    void aLittleBehindTheVoxelsIsPassedOverButNotMuch() {
        byte[] plain = v1().plain();
        byte[] little = Arrays.copyOf(plain, plain.length + 1000);
        byte[] much = Arrays.copyOf(plain, plain.length + (2 << 20));

        for (byte[] bytes : new byte[][] {little, NiftiBytes.gzip(little)}) {
            assertThatArray(reader.read(NiftiBytes.write(folder.resolve("a"), bytes))
                            .voxels())
                    .hasSize(24);
        }
        for (byte[] bytes : new byte[][] {much, NiftiBytes.gzip(much)}) {
            Path file = NiftiBytes.write(folder.resolve("a"), bytes);
            assertThat(catchThrowableOfType(JobException.class, () -> reader.read(file))
                            .code())
                    .isEqualTo(NIFTI_HEADER_INVALID);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0.5f, -1, 256, 1e9f, -1e30f, Float.NaN, Float.POSITIVE_INFINITY})
    void aVoxelThatIsNoLabelIsRefused(float value) {
        byte[] data = new byte[4 * 24];
        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putFloat(40, value);
        Path file = NiftiBytes.write(
                folder.resolve("a"), v1().type(16, 32).data(data).plain());

        JobException refused = catchThrowableOfType(JobException.class, () -> reader.readLabels(file));

        assertThat(refused.code()).isEqualTo(NIFTI_HEADER_INVALID);
        assertThat(refused).hasMessageContaining("label");
    }

    private static NiftiBytes v1() {
        return NiftiBytes.version1();
    }

    private static NiftiBytes v2() {
        return new NiftiBytes(2, ByteOrder.BIG_ENDIAN);
    }

    private static byte[] followed(byte[] bytes, int count) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + count);
        Arrays.fill(longer, bytes.length, longer.length, (byte) 7);
        return longer;
    }

    private static Arguments bad(String name, FailureCode code, byte[] bytes) {
        return Arguments.of(name, code, bytes);
    }

    private static byte[] patched(int at, int... values) {
        byte[] bytes = v1().plain();
        for (int n = 0; n < values.length; n++) {
            bytes[at + n] = (byte) values[n];
        }
        return bytes;
    }

    /** As a transfer in text mode leaves it: CR LF became LF. */
    private static byte[] v2MagicDamaged() {
        byte[] bytes = v2().plain();
        bytes[8] = '\n';
        bytes[9] = 26;
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 0x55;
        return changed;
    }
}
