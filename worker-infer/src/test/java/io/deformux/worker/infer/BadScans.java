package io.deformux.worker.infer;

import io.deformux.nifti.NiftiWriter;
import io.deformux.schemas.InputReference.Kind;
import io.deformux.testing.format.Archives;
import io.deformux.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Inputs as they come when something went wrong before us, each with the code that its failed event must carry. */
final class BadScans {
    private BadScans() {}

    /** Name, kind, stage and code of each. */
    static Stream<Arguments> all() {
        return Stream.of(
                Arguments.of("absent.nii.gz", Kind.NIFTI, "fetch", "INPUT_NOT_FOUND"),
                Arguments.of("truncated.nii.gz", Kind.NIFTI, "read", "INPUT_TRUNCATED"),
                Arguments.of("wrong-magic.nii", Kind.NIFTI, "read", "NIFTI_MAGIC_WRONG"),
                Arguments.of("negative.nii", Kind.NIFTI, "read", "NIFTI_HEADER_INVALID"),
                Arguments.of("huge.nii", Kind.NIFTI, "read", "INPUT_TOO_LARGE"),
                Arguments.of("nan-affine.nii", Kind.NIFTI, "read", "AFFINE_INVALID"),
                Arguments.of("empty-folder", Kind.DICOM, "read", "DICOM_NO_IMAGES"),
                Arguments.of("mixed-series", Kind.DICOM, "read", "DICOM_SERIES_MIXED"),
                Arguments.of("missing-slice", Kind.DICOM, "read", "DICOM_SLICE_MISSING"),
                Arguments.of("unknown-syntax", Kind.DICOM, "read", "DICOM_TRANSFER_SYNTAX_UNSUPPORTED"),
                Arguments.of("nested", Kind.DICOM, "read", "DICOM_MALFORMED"),
                Arguments.of("beyond-the-file", Kind.DICOM, "read", "INPUT_TRUNCATED"),
                Arguments.of("overflow", Kind.DICOM, "read", "INPUT_TRUNCATED"),
                Arguments.of("bomb.zip", Kind.DICOM, "fetch", "INPUT_TOO_LARGE"),
                Arguments.of("bomb.tar.gz", Kind.DICOM, "fetch", "INPUT_TOO_LARGE"),
                Arguments.of("leading-outside.zip", Kind.DICOM, "fetch", "ARCHIVE_INVALID"),
                Arguments.of("truncated.zip", Kind.DICOM, "fetch", "INPUT_TRUNCATED"));
    }

    /** Writes all of them below {@code folder}. */
    static void write(Path folder) throws IOException {
        writeNifti(folder);
        Files.createDirectory(folder.resolve("empty-folder"));
        Path mixed = Files.createDirectory(folder.resolve("mixed-series"));
        Scans.dicom(Files.createDirectory(mixed.resolve("a")), "a");
        Scans.dicom(Files.createDirectory(mixed.resolve("b")), "b");
        Path gap = Scans.dicom(Files.createDirectory(folder.resolve("missing-slice")), "gap");
        Files.delete(files(gap)[9]);
        Path syntax = Scans.dicom(Files.createDirectory(folder.resolve("unknown-syntax")), "syntax");
        for (Path file : files(syntax)) {
            replace(file, "1.2.840.10008.1.2.1\0", "1.2.840.10008.1.2.9\0");
        }
        writeDamaged(folder);
        writeArchives(folder);
    }

    private static void writeDamaged(Path folder) throws IOException {
        Path nested = Scans.dicom(Files.createDirectory(folder.resolve("nested")), "nested");
        // Before the patient's name comes a sequence in a sequence, a thousand times over, none of them ended.
        replace(files(nested)[3], "\u0010\0\u0010\0PN", "\b\0\u0040\u0011SQ\0\0ÿÿÿÿþÿ\0àÿÿÿÿ".repeat(1000));
        Path beyond = Scans.dicom(Files.createDirectory(folder.resolve("beyond-the-file")), "beyond");
        replace(files(beyond)[3], "\u0010\0\u0010\0PN\b\0", "\u0010\0\u0010\0PNÿÿ");
        Path overflow = Scans.dicom(Files.createDirectory(folder.resolve("overflow")), "overflow");
        for (Path file : files(overflow)) {
            replace(file, "(\0\u0010\0US\u0002\0$\0", "(\0\u0010\0US\u0002\0ÿÿ");
            replace(file, "(\0\u0011\0US\u0002\0(\0", "(\0\u0011\0US\u0002\0ÿÿ");
        }
    }

    private static void writeArchives(Path folder) throws IOException {
        byte[] zeros = new byte[100 << 20];
        Files.write(
                folder.resolve("bomb.zip"),
                Archives.zip(Map.of("1.dcm", new String(zeros, StandardCharsets.US_ASCII))));
        Files.write(
                folder.resolve("bomb.tar.gz"),
                Archives.tarGz(Map.of("1.dcm", new String(zeros, StandardCharsets.US_ASCII))));
        Files.write(folder.resolve("leading-outside.zip"), Archives.zip(Map.of("../evil.dcm", "x")));
        byte[] whole = Archives.zip(Map.of("1.dcm", "x".repeat(1000)));
        Files.write(folder.resolve("truncated.zip"), Arrays.copyOf(whole, whole.length - 30));
    }

    private static void writeNifti(Path folder) throws IOException {
        Volume ball = Scans.ball();
        Path plain = folder.resolve("ball.nii");
        new NiftiWriter().write(ball, plain);
        byte[] good = Files.readAllBytes(plain);
        Files.write(folder.resolve("wrong-magic.nii"), patched(good, 344, "none".getBytes(StandardCharsets.US_ASCII)));
        Files.write(folder.resolve("negative.nii"), patched(good, 42, shorts(-40)));
        Files.write(folder.resolve("huge.nii"), patched(good, 42, shorts(32767, 32767, 32767)));
        Files.write(folder.resolve("nan-affine.nii"), patched(good, 280, floats(Float.NaN)));
        byte[] gzip = Files.readAllBytes(Scans.nifti(folder));
        Files.write(folder.resolve("truncated.nii.gz"), Arrays.copyOf(gzip, gzip.length / 2));
    }

    private static byte[] patched(byte[] bytes, int at, byte[] patch) {
        byte[] copy = bytes.clone();
        System.arraycopy(patch, 0, copy, at, patch.length);
        return copy;
    }

    private static byte[] shorts(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            buffer.putShort((short) value);
        }
        return buffer.array();
    }

    private static byte[] floats(float value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array();
    }

    private static Path[] files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toArray(Path[]::new);
        }
    }

    private static void replace(Path file, String from, String to) throws IOException {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, content.replace(from, to), StandardCharsets.ISO_8859_1);
    }
}
