package io.deformux.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose beginning is not as PS3.10 has it. */
class DicomFileTest {
    private static final int MARK = 132;

    @TempDir
    Path folder;

    static Stream<TransferSyntax> plain() {
        return Stream.of(TransferSyntax.IMPLICIT_LITTLE, TransferSyntax.EXPLICIT_LITTLE, TransferSyntax.EXPLICIT_BIG);
    }

    @ParameterizedTest
    @MethodSource("plain")
    void aBareDataSetIsFoundByItsContent(TransferSyntax syntax) throws IOException {
        Path file = write(dataSet(syntax.encoding()));
        assertThat(DicomFile.isDicom(file)).isTrue();
        assertReads(file, syntax);
    }

    @ParameterizedTest
    @MethodSource("plain")
    void thePreambleMayLack(TransferSyntax syntax) throws IOException {
        byte[] whole = file(syntax);
        assertReads(write(Arrays.copyOfRange(whole, MARK, whole.length)), syntax);
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.840.10008.1.2, EXPLICIT_LITTLE",
        "1.2.840.10008.1.2, EXPLICIT_BIG",
        "1.2.840.10008.1.2.1, IMPLICIT_LITTLE",
        "1.2.840.10008.1.2.1, EXPLICIT_BIG",
        "1.2.840.10008.1.2.2, EXPLICIT_LITTLE",
        "1.2.840.10008.1.2.2, IMPLICIT_LITTLE",
        "1.2.840.10008.1.2.1.99, EXPLICIT_LITTLE",
        "'', IMPLICIT_LITTLE",
        "'', EXPLICIT_LITTLE"
    })
    void whateverTheMetaInformationSaysTheFirstElementTells(String stated, String actual) throws IOException {
        TransferSyntax syntax =
                plain().filter(known -> name(known).equals(actual)).findFirst().orElseThrow();
        assertReads(write(meta(stated), dataSet(syntax.encoding())), syntax);
    }

    private static String name(TransferSyntax syntax) {
        return syntax.equals(TransferSyntax.IMPLICIT_LITTLE)
                ? "IMPLICIT_LITTLE"
                : syntax.equals(TransferSyntax.EXPLICIT_LITTLE) ? "EXPLICIT_LITTLE" : "EXPLICIT_BIG";
    }

    @Test
    void aCompressedObjectMayHaveAnImplicitHeader() throws IOException {
        Path file = write(meta(TransferSyntax.RLE.uid()), dataSet(Encoding.IMPLICIT_LITTLE));
        try (DicomFile open = DicomFile.open(file, 1 << 20).orElseThrow()) {
            assertThat(open.header().unsignedShort(Tag.ROWS)).isEqualTo(5);
            assertThat(open.syntax().uid()).isEqualTo(TransferSyntax.RLE.uid());
            assertThat(open.syntax().encapsulated()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DICM", "\b\0", "study of the head, see the report", "\b\0\u0005\0CS\n\0ISO_IR"})
    void otherFilesAreNotDicom(String text) throws IOException {
        Path file = write(text.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(DicomFile.isDicom(file)).isFalse();
        assertThat(DicomFile.open(file, 1 << 20)).isEmpty();
    }

    @Test
    void fragmentsOfWhichNothingSaysHowTheyAreCodedAreRefused() throws IOException {
        DataSet image = image();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        image.put(new Element.Fragments(
                Tag.PIXEL_DATA.number(), OffsetTable.of(new byte[0]), List.of(new byte[] {1, 2})));
        new DataSetWriter(out, Encoding.EXPLICIT_LITTLE).write(image);
        try (DicomFile open = DicomFile.open(write(out.toByteArray()), 1 << 20).orElseThrow()) {
            open.header();
            JobException refusal = catchThrowableOfType(JobException.class, () -> open.pixelData(1 << 20));
            assertThat(refusal.code()).isEqualTo(FailureCode.DICOM_MALFORMED);
            assertThat(refusal).hasMessageContaining("Transfer Syntax UID (0002,0010)");
        }
    }

    private void assertReads(Path path, TransferSyntax syntax) {
        try (DicomFile open = DicomFile.open(path, 1 << 20).orElseThrow()) {
            DataSet header = open.header();
            assertThat(header.unsignedShort(Tag.ROWS)).isEqualTo(5);
            assertThat(header.uid(Tag.SOP_INSTANCE_UID)).isEqualTo("1.2.3");
            assertThat(open.syntax()).isEqualTo(syntax);
        }
    }

    private Path write(byte[]... parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return Files.write(folder.resolve("file"), out.toByteArray());
    }

    private static DataSet image() {
        return new DataSet()
                .put(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 100")
                .put(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.2")
                .put(Tag.SOP_INSTANCE_UID, "1.2.3")
                .put(Tag.ROWS, 5);
    }

    private static byte[] dataSet(Encoding encoding) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DataSetWriter(out, encoding).write(image());
        return out.toByteArray();
    }

    private static byte[] file(TransferSyntax syntax) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DicomFileWriter.write(out, syntax, image());
        return out.toByteArray();
    }

    /** Preamble, mark and, where it is stated, a transfer syntax. */
    private static byte[] meta(String syntaxUid) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[MARK - 4]);
        out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        DataSet meta = new DataSet().put(Tag.IMPLEMENTATION_CLASS_UID, "1.2");
        if (!syntaxUid.isEmpty()) {
            meta.put(Tag.TRANSFER_SYNTAX_UID, syntaxUid);
        }
        new DataSetWriter(out, Encoding.EXPLICIT_LITTLE).write(meta);
        return out.toByteArray();
    }
}
