package io.deformux.dicom.pixel;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.OffsetTable;
import io.deformux.dicom.data.Tag;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames written out by hand from PS3.5 Annex G. */
class RleDecoderTest {
    private static final PixelFormat SIX_WORDS = new PixelFormat(2, 3, 16, 16, 15, false);

    @Test
    void runsLiteralsAndNoOperation() {
        // High bytes: a run of 4 times 01, no operation, literals 02 03. Low bytes: a literal of six and a pad byte.
        String header = "02000000 40000000 46000000" + "00000000".repeat(13);
        assertThatArray(decode(header + "fd01 80 01 0203" + "05 0a0b0c0d0e0f 00"))
                .containsExactly(0x010a, 0x010b, 0x010c, 0x010d, 0x020e, 0x030f);
    }

    @Test
    void theLastRunOfASegmentMayBeLongerThanItsPlane() {
        String header = "02000000 40000000 43000000" + "00000000".repeat(13);
        assertThatArray(decode(header + "fa01 00" + "fa02"))
                .containsExactly(0x0102, 0x0102, 0x0102, 0x0102, 0x0102, 0x0102);
    }

    @ParameterizedTest
    @CsvSource({
        "INPUT_TRUNCATED, 02000000 40000000, header cut",
        "DICOM_MALFORMED, 01000000 40000000 42000000, one segment for two bytes",
        "DICOM_MALFORMED, 02000000 3f000000 42000000, segment in the header",
        "DICOM_MALFORMED, 02000000 40000000 ffffffff, segment outside",
        "DICOM_MALFORMED, 02000000 42000000 40000000, segments in disorder",
        "INPUT_TRUNCATED, 02000000 40000000 41000000, segment without a run",
        "DICOM_MALFORMED, 02000000 40000000 44000000, run too long and not the last"
    })
    void brokenFrame(FailureCode code, String header, String why) {
        int words = header.split(" ").length;
        String padding = words > 2 ? "00000000".repeat(16 - words) : "";
        JobException refusal = catchThrowableOfType(JobException.class, () -> decode(header + padding + "fa01 fb01"));
        assertThat(refusal).as(why).isNotNull();
        assertThat(refusal.code()).as(why).isEqualTo(code);
    }

    private static int[] decode(String hex) {
        byte[] frame = HexFormat.of().parseHex(hex.replace(" ", ""));
        short[] samples = new short[6];
        Element.Fragments pixels =
                new Element.Fragments(Tag.PIXEL_DATA.number(), OffsetTable.of(new byte[0]), List.of(frame));
        new RleDecoder().decode(pixels, 0, 1, SIX_WORDS, samples);
        int[] values = new int[6];
        for (int n = 0; n < 6; n++) {
            values[n] = SIX_WORDS.value(samples[n]);
        }
        return values;
    }
}
