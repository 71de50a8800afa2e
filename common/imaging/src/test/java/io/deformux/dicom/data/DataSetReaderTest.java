package io.deformux.dicom.data;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encodings written out by hand from PS3.5 chapter 7. */
class DataSetReaderTest {
    private static final int SEQUENCE = 0x00081140;
    private static final int UID = Tag.SOP_INSTANCE_UID.number();

    @Test
    void explicitLittleEndian() {
        DataSet read = read(Encoding.EXPLICIT_LITTLE, "2800 1000 5553 0200 0502" + "0800 1800 5549 0400 312e3200");
        assertThat(read.unsignedShort(Tag.ROWS)).isEqualTo(0x205);
        assertThat(read.uid(Tag.SOP_INSTANCE_UID)).isEqualTo("1.2");
    }

    @Test
    void explicitBigEndian() {
        DataSet read = read(Encoding.EXPLICIT_BIG, "0028 0010 5553 0002 0205");
        assertThat(read.unsignedShort(Tag.ROWS)).isEqualTo(0x205);
    }

    @Test
    void implicitLittleEndianTakesRepresentationsFromTheDictionary() {
        DataSet read = read(Encoding.IMPLICIT_LITTLE, "2800 1000 02000000 0502" + "0900 0110 02000000 4142");
        assertThat(read.unsignedShort(Tag.ROWS)).isEqualTo(0x205);
        assertThat(read.element(0x00091001).orElseThrow().vr()).isEqualTo(Vr.UN);
    }

    @Test
    void sequenceWithLengths() {
        assertThat(nestedUid("0800 4011 5351 0000 14000000" + "feff 00e0 0c000000 0800 1800 5549 0400 312e3200"))
                .isEqualTo("1.2");
    }

    @Test
    void sequenceWithDelimiters() {
        assertThat(nestedUid("0800 4011 5351 0000 ffffffff" + "feff 00e0 ffffffff 0800 1800 5549 0400 312e3200"
                        + "feff 0de0 00000000" + "feff dde0 00000000"))
                .isEqualTo("1.2");
    }

    @Test
    void unknownRepresentationWithoutLengthIsAnImplicitSequence() {
        assertThat(nestedUid("0800 4011 554e 0000 ffffffff" + "feff 00e0 ffffffff 0800 1800 04000000 312e3200"
                        + "feff 0de0 00000000" + "feff dde0 00000000"))
                .isEqualTo("1.2");
    }

    @Test
    void aSequenceOfUnknownRepresentationMayBeExplicitInside() {
        assertThat(nestedUid("0800 4011 554e 0000 ffffffff" + "feff 00e0 ffffffff 0800 1800 5549 0400 312e3200"
                        + "feff 0de0 00000000" + "feff dde0 00000000"))
                .isEqualTo("1.2");
    }

    @ParameterizedTest
    @CsvSource({
        "0900 0110 3f3f 0200 4142, length of 16 bits",
        "0900 0110 3f3f 0000, nothing in it",
        "0900 0110 5a5a 0000 02000000 4142, length of 32 bits",
        "0900 0110 02000000 4142, no representation",
        "0900 0110 5351 0000 08000000 0102030405060708, private sequence that is none"
    })
    void whatCannotBeUnderstoodIsSkipped(String hex, String why) {
        DataSet read = read(Encoding.EXPLICIT_LITTLE, hex + "2800 1000 5553 0200 0502");
        assertThat(read.unsignedShort(Tag.ROWS)).as(why).isEqualTo(0x205);
        assertThat(read.element(0x00091001).orElseThrow().vr()).as(why).isEqualTo(Vr.UN);
    }

    @Test
    void aKnownAttributeOfUnknownRepresentationIsRead() {
        assertThat(read(Encoding.EXPLICIT_LITTLE, "2800 1000 3f3f 0200 0502").unsignedShort(Tag.ROWS))
                .isEqualTo(0x205);
    }

    @ParameterizedTest
    @CsvSource({"0900 0110 4c4f 0200 4142 0900 0110 4c4f 0200 4344", "0800 0110 4c4f 0200 4142 0800 0110 4c4f 0200 4344"
    })
    void ofElementsThatNothingReadsTheFirstCounts(String hex) {
        Element.Bytes kept = (Element.Bytes)
                read(Encoding.EXPLICIT_LITTLE, hex).elements().iterator().next();
        assertThatArray(kept.value()).containsExactly('A', 'B');
    }

    @Test
    void anAttributeMayBeThereAgain() {
        assertThat(read(Encoding.EXPLICIT_LITTLE, "2800 1000 5553 0200 0502 2800 1000 5553 0200 0502")
                        .unsignedShort(Tag.ROWS))
                .isEqualTo(0x205);
    }

    @Test
    void knownAttributeWrittenAsUnknown() {
        assertThat(read(Encoding.EXPLICIT_LITTLE, "2800 1000 554e 0000 02000000 0502")
                        .unsignedShort(Tag.ROWS))
                .isEqualTo(0x205);
    }

    @Test
    void fragmentsAndOffsets() {
        Element.Fragments pixels = (Element.Fragments) read(
                        Encoding.EXPLICIT_LITTLE,
                        "e07f 1000 4f42 0000 ffffffff feff00e0 08000000 00000000 0a000000"
                                + "feff00e0 02000000 0102 feff00e0 02000000 0304 feff00e0 02000000 0506 feffdde0 00000000")
                .element(Tag.PIXEL_DATA.number())
                .orElseThrow();
        assertThatArray(pixels.offsetTable().frame(pixels.fragments(), 0, 2)).containsExactly(1, 2);
        assertThatArray(pixels.offsetTable().frame(pixels.fragments(), 1, 2)).containsExactly(3, 4, 5, 6);
        assertThatArray(pixels.offsetTable().frame(pixels.fragments(), 0, 1)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThatArray(pixels.offsetTable().frame(pixels.fragments(), 2, 3)).containsExactly(5, 6);
        assertThat(catchThrowableOfType(
                                JobException.class, () -> pixels.offsetTable().frame(pixels.fragments(), 0, 4))
                        .code())
                .isEqualTo(FailureCode.DICOM_MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({
        "INPUT_TRUNCATED, 2800 1000 5553 0200 05, value cut",
        "INPUT_TRUNCATED, 2800 10, tag cut",
        "INPUT_TRUNCATED, e07f 1000 4f57 0000 f0ffff7f 0000, huge length",
        "INPUT_TRUNCATED, e07f 1000 4f57 0000 feffffff 0000, length beyond an int",
        "INPUT_TRUNCATED, 0800 4011 5351 0000 ffffffff feff 00e0 ffffffff, sequence not ended",
        "INPUT_TRUNCATED, e07f 1000 4f42 0000 ffffffff feff00e0 00000000 feff00e0 08000000 0102, fragment cut",
        "DICOM_MALFORMED, 2800 1000 5553 0200 0502 2800 1000 5553 0200 0602, twice",
        "DICOM_MALFORMED, 2800 1000 4f42 0000 ffffffff, bytes without length",
        "DICOM_MALFORMED, feff 0de0 00000000, delimiter outside",
        "DICOM_MALFORMED, 0800 4011 5351 0000 08000000 0800 1800 04000000, no item in a sequence",
        "DICOM_MALFORMED, 0800 4011 5351 0000 08000000 feff 00e0 ff000000, item longer than its sequence",
        "DICOM_MALFORMED, 0800 4011 5351 0000 10000000 feff00e0 08000000 0800 1800 5549 0400 312e3200, element too long",
        "DICOM_MALFORMED, 0800 4011 5351 0000 0c000000 feff00e0 04000000 0800 1800 5549 0000 312e3200, item cut",
        "DICOM_MALFORMED, e07f 1000 4f42 0000 ffffffff feffdde0 00000000, no offset table"
    })
    void brokenEncoding(FailureCode code, String hex, String why) {
        JobException refusal = catchThrowableOfType(JobException.class, () -> read(Encoding.EXPLICIT_LITTLE, hex));
        assertThat(refusal).as(why).isNotNull();
        assertThat(refusal.code()).as(why + ": " + refusal.getMessage()).isEqualTo(code);
    }

    @Test
    void sequencesNestedAThousandDeep() {
        JobException refusal = catchThrowableOfType(
                JobException.class,
                () -> read(Encoding.EXPLICIT_LITTLE, "0800 4011 5351 0000 ffffffff feff00e0 ffffffff".repeat(1000)));
        assertThat(refusal.code()).isEqualTo(FailureCode.DICOM_MALFORMED);
        assertThat(refusal).hasMessageContaining("nested deeper");
    }

    @Test
    void everythingThatIsWrittenReadsBackInEveryEncoding() throws IOException {
        DataSet item = new DataSet().put(Tag.SOP_INSTANCE_UID, "1.2.3").put(Tag.ROWS, 513);
        DataSet deep = new DataSet().put(new Element.Items(SEQUENCE, List.of(item, new DataSet())));
        DataSet written = new DataSet()
                .put(Tag.COLUMNS, 258)
                .put(new Element.Items(Tag.MODALITY_LUT_SEQUENCE.number(), List.of(deep)));
        for (Encoding encoding : List.of(Encoding.EXPLICIT_LITTLE, Encoding.EXPLICIT_BIG)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new DataSetWriter(out, encoding).write(written);
            DataSet read = read(encoding, HexFormat.of().formatHex(out.toByteArray()));
            assertThat(read.unsignedShort(Tag.COLUMNS)).isEqualTo(258);
            Element.Items outer = (Element.Items)
                    read.element(Tag.MODALITY_LUT_SEQUENCE.number()).orElseThrow();
            Element.Items inner =
                    (Element.Items) outer.items().get(0).element(SEQUENCE).orElseThrow();
            assertThat(inner.items()).hasSize(2);
            assertThat(inner.items().get(0).unsignedShort(Tag.ROWS)).isEqualTo(513);
            assertThat(inner.items().get(0).uid(Tag.SOP_INSTANCE_UID)).isEqualTo("1.2.3");
        }
    }

    private static String nestedUid(String hex) {
        Element.Items items = (Element.Items)
                read(Encoding.EXPLICIT_LITTLE, hex).element(SEQUENCE).orElseThrow();
        assertThat(items.items()).hasSize(1);
        assertThat(items.items().get(0).element(UID)).isPresent();
        return items.items().get(0).uid(Tag.SOP_INSTANCE_UID);
    }

    private static DataSet read(Encoding encoding, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new DataSetReader(ByteSource.of(new ByteArrayInputStream(bytes), bytes.length))
                .read(encoding, tag -> false);
    }
}
