package io.deformux.dicom.pixel;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.dicom.data.OffsetTable;
import io.deformux.dicom.data.TransferSyntax;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JPEG, JPEG-LS and JPEG 2000 frames, whole and broken. */
class CompressedFrameTest {

    @ParameterizedTest
    @CsvSource({
        "lossless-sv1.jpg, 0",
        "lossless-sv6.jpg, 0",
        "lossless-8.jls, 0",
        "lossless-12.jls, 0",
        "lossless-16.jls, 0",
        "lossless-reset-8.jls, 0",
        "near-2.jls, 2",
        "lossless.j2k, 0",
        "baseline.jpg, 4"
    })
    void everySampleIsAsCoded(String name, int deviation) {
        int[] decoded = CodedPlane.decode(name, CodedPlane.stream(name));
        int mask = (1 << CodedPlane.format(name).bitsStored()) - 1;
        for (int n = 0; n < decoded.length; n++) {
            int expected = CodedPlane.value(n % CodedPlane.COLUMNS, n / CodedPlane.COLUMNS) & mask;
            assertThat(Math.abs(decoded[n] - expected)).as("sample " + n).isLessThanOrEqualTo(deviation);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lossless-sv1.jpg",
                "lossless-12.jls",
                "lossless-16.jls",
                "near-2.jls",
                "lossless.j2k",
                "baseline.jpg"
            })
    void cutShortIsRefused(String name) {
        byte[] whole = CodedPlane.stream(name);
        int end = whole.length;
        while (whole[end - 1] == 0) {
            end--;
        }
        // Without its end marker alone a JPEG 2000 stream of one tile-part lacks nothing.
        int least = name.endsWith("j2k") ? end - 2 : end;
        for (int length = 0; length < least; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            JobException refusal = refusal(name, cut);
            assertThat(refusal).as(length + " bytes").isNotNull();
            assertThat(refusal.code()).as(length + " bytes").isEqualTo(FailureCode.INPUT_TRUNCATED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossless-sv1.jpg", "lossless-12.jls", "lossless.j2k", "baseline.jpg"})
    void paddingOfEitherKindMayFollowTheEnd(String name) {
        byte[] whole = CodedPlane.stream(name);
        int end = CodedFrame.endMarker(whole) + 2;
        for (byte padding : new byte[] {0, -1}) {
            byte[] padded = Arrays.copyOf(whole, end + 1);
            padded[end] = padding;
            assertThatArray(CodedPlane.decode(name, padded)).isEqualTo(CodedPlane.decode(name, whole));
        }
    }

    @Test
    void packetMarkersThatAreAnnouncedAndLackingAreDamage() {
        byte[] stream = CodedPlane.stream("lossless.j2k");
        int cod = 2;
        while (CodedFrame.number(stream, cod, 2) != 0xff52) {
            cod += 2 + (int) CodedFrame.number(stream, cod + 2, 2);
        }
        stream[cod + 4] |= 4; // "end of packet header" markers (ISO/IEC 15444-1 section A.6.1)
        assertThat(refusal("lossless.j2k", stream).code()).isEqualTo(FailureCode.DICOM_MALFORMED);
    }

    @Test
    void anOnlyTilePartNeedsNoEndMarker() {
        byte[] whole = CodedPlane.stream("lossless.j2k");
        int end = CodedFrame.endMarker(whole);
        for (int more = 0; more < 2; more++) {
            byte[] open = Arrays.copyOf(Arrays.copyOf(whole, end), end + more);
            assertThatArray(CodedPlane.decode("lossless.j2k", open))
                    .isEqualTo(CodedPlane.decode("lossless.j2k", whole));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lossless-sv1.jpg",
                "lossless-sv6.jpg",
                "lossless-12.jls",
                "near-2.jls",
                "lossless.j2k",
                "baseline.jpg"
            })
    void cutShortWithAnEndMarkerIsRefused(String name) {
        byte[] whole = CodedPlane.stream(name);
        for (int length = 4; length < whole.length - 16; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            cut[length - 2] = (byte) 0xff;
            cut[length - 1] = (byte) 0xd9;
            assertThat(catchThrowable(() -> CodedPlane.decode(name, cut)))
                    .as(length + " bytes")
                    .isInstanceOf(JobException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lossless-sv1.jpg",
                "lossless-sv6.jpg",
                "lossless-12.jls",
                "lossless-16.jls",
                "near-2.jls",
                "lossless.j2k",
                "baseline.jpg"
            })
    void damagedIsDecodedOrRefused(String name) {
        byte[] whole = CodedPlane.stream(name);
        Random random = new Random(20);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(25), () -> {
            for (int n = 0; n < 1000; n++) {
                byte[] damaged = whole.clone();
                // Every other damage is in the headers, where most of the decisions are.
                int reach = n % 2 == 0 ? Math.min(120, whole.length - 2) : whole.length - 2;
                for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                    damaged[random.nextInt(reach)] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0xff);
                }
                Throwable thrown = catchThrowable(() -> CodedPlane.decode(name, damaged));
                if (thrown != null) {
                    assertThat(thrown).as("damage " + n).isInstanceOf(JobException.class);
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossless-sv1.jpg", "lossless-12.jls", "lossless.j2k"})
    void anotherSizeThanRowsAndColumnsIsRefusedBeforeDecoding(String name) {
        PixelFormat other = new PixelFormat(CodedPlane.COLUMNS, CodedPlane.ROWS, 16, 12, 11, false);
        assertThat(refusal(CodedPlane.decoder(name), other, name))
                .hasMessageContaining("20 x 24")
                .extracting(JobException::code)
                .isEqualTo(FailureCode.DICOM_MALFORMED);
    }

    @Test
    void codeTablesThatTheScanDoesNotNeedAreLetPass() {
        byte[] whole = CodedPlane.stream("lossless-sv1.jpg");
        int[] expected = CodedPlane.decode("lossless-sv1.jpg", whole);
        int own = JpegHeader.read(whole).huffmanTables().get(0);
        byte[] again = Arrays.copyOfRange(whole, own - 4, own - 2 + (int) CodedFrame.number(whole, own - 2, 2));
        for (byte[] table : List.of(table(1, 5), table(3, 0xf0), again)) {
            assertThatArray(CodedPlane.decode("lossless-sv1.jpg", withTables(whole, table, 1)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void codeTablesThatThePluginMisunderstandsAreRefused() {
        // One that is replaced, and one of coefficients.
        for (byte[] table : List.of(table(0, 3), table(0x10, 5))) {
            byte[] more = withTables(CodedPlane.stream("lossless-sv1.jpg"), table, 1);
            JobException refusal = refusal("lossless-sv1.jpg", more);
            assertThat(refusal.code()).isEqualTo(FailureCode.DICOM_MALFORMED);
            assertThat(refusal).hasMessageContaining("that its scan cannot have");
        }
    }

    @Test
    void aLosslessScanWithoutItsCodeTableIsRefused() {
        byte[] renamed = CodedPlane.stream("lossless-sv1.jpg");
        renamed[JpegHeader.read(renamed).huffmanTables().get(0)] = 2;
        JobException refusal = refusal("lossless-sv1.jpg", renamed);
        assertThat(refusal.code()).isEqualTo(FailureCode.DICOM_MALFORMED);
        assertThat(refusal).hasMessageContaining("lacks the code table");
    }

    @Test
    void manyCodeTablesAreNotSlow() {
        byte[] whole = CodedPlane.stream("lossless-sv1.jpg");
        byte[] many = withTables(whole, table(1, 3), 100_000);
        JpegHeader header = JpegHeader.read(many);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> new JpegLosslessScan(many, header).requireWhole());
    }

    /** A segment with one code table, of one code of one bit. */
    private static byte[] table(int number, int value) {
        byte[] segment = new byte[4 + 17 + 1];
        segment[0] = (byte) 0xff;
        segment[1] = (byte) 0xc4;
        segment[3] = (byte) (segment.length - 2);
        segment[4] = (byte) number;
        segment[5] = 1;
        segment[21] = (byte) value;
        return segment;
    }

    private static byte[] withTables(byte[] stream, byte[] table, int times) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(stream, 0, 2);
        for (int n = 0; n < times; n++) {
            out.writeBytes(table);
        }
        out.write(stream, 2, stream.length - 2);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aCodeStreamMayLieInTheBoxesOfAFile(int form) {
        byte[] stream = CodedPlane.stream("lossless.j2k");
        assertThatArray(CodedPlane.decode("lossless.j2k", boxes(stream, form)))
                .isEqualTo(CodedPlane.decode("lossless.j2k", stream));
    }

    @Test
    void boxesThatDoNotFitAreRefused() {
        byte[] boxes = boxes(CodedPlane.stream("lossless.j2k"), 0);
        boxes[12] = 1;
        assertThat(refusal("lossless.j2k", boxes).code()).isEqualTo(FailureCode.DICOM_MALFORMED);
        byte[] none = Arrays.copyOf(boxes(new byte[0], 0), 20);
        assertThat(refusal("lossless.j2k", none).code()).isEqualTo(FailureCode.INPUT_TRUNCATED);
    }

    /** The signature, a box that is not read, and the stream in a box whose length is given, long, or 0 for the rest. */
    private static byte[] boxes(byte[] stream, int form) {
        ByteBuffer out = ByteBuffer.allocate(20 + 16 + stream.length);
        out.putLong(0x0000000c6a502020L).putInt(0x0d0a870a).putInt(8).putInt(0x66726565);
        if (form == 1) {
            out.putInt(1).putInt(0x6a703263).putLong(16 + stream.length);
        } else {
            out.putInt(form == 0 ? 8 + stream.length : 0).putInt(0x6a703263);
        }
        return Arrays.copyOf(out.put(stream).array(), out.position());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossless-sv1.jpg", "lossless-12.jls", "lossless.j2k"})
    void framesInSeveralFragmentsAreToldByTheirStartMarkers(String name) {
        byte[] stream = CodedPlane.stream(name);
        List<byte[]> fragments = new ArrayList<>();
        for (int frame = 0; frame < 3; frame++) {
            for (int from = 0; from < stream.length; from += 100) {
                fragments.add(Arrays.copyOfRange(stream, from, Math.min(from + 100, stream.length)));
            }
        }
        OffsetTable empty = OffsetTable.of(new byte[0]);
        for (int frame = 0; frame < 3; frame++) {
            assertThatArray(empty.frame(fragments, frame, 3)).isEqualTo(stream);
        }
        assertThat(catchThrowableOfType(JobException.class, () -> empty.frame(fragments, 0, 2)))
                .hasMessageContaining("of which 3 begin with a start marker");
    }

    @Test
    void aProcessThatTheSyntaxDoesNotNameIsRefused() {
        PixelDecoder lossless = PixelDecoders.standard().of(TransferSyntax.JPEG_LOSSLESS_SV1);
        assertThat(refusal(lossless, CodedPlane.EIGHT_BITS, "baseline.jpg").code())
                .isEqualTo(FailureCode.DICOM_MALFORMED);
    }

    @Test
    void withoutADecoderTheErrorNamesTheSyntax() {
        JobException twelveBits =
                refusal(CodedPlane.decoder("extended-12.jpg"), CodedPlane.TWELVE_BITS, "extended-12.jpg");
        assertThat(twelveBits.code()).isEqualTo(FailureCode.DICOM_TRANSFER_SYNTAX_UNSUPPORTED);
        assertThat(twelveBits).hasMessageContaining("1.2.840.10008.1.2.4.51");

        TransferSyntax highThroughput = TransferSyntax.of("1.2.840.10008.1.2.4.201");
        JobException none = catchThrowableOfType(
                JobException.class, () -> PixelDecoders.standard().of(highThroughput));
        assertThat(none.code()).isEqualTo(FailureCode.DICOM_TRANSFER_SYNTAX_UNSUPPORTED);
        assertThat(none).hasMessageContaining("1.2.840.10008.1.2.4.201");
    }

    private static JobException refusal(String name, byte[] stream) {
        return catchThrowableOfType(JobException.class, () -> CodedPlane.decode(name, stream));
    }

    private static JobException refusal(PixelDecoder decoder, PixelFormat format, String name) {
        return catchThrowableOfType(
                JobException.class, () -> CodedPlane.decode(decoder, format, CodedPlane.stream(name)));
    }
}
