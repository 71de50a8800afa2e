package io.deformux.dicom.pixel;

import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.OffsetTable;
import io.deformux.dicom.data.Tag;
import io.deformux.failure.FailureClass;
import io.deformux.failure.JobException;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Coded frames, damaged in any way: samples or a refusal that is documented. */
@org.junit.jupiter.api.Tag("fuzz")
class PixelDecoderFuzzTest {
    /** A frame has 480 samples; the rest is what the plugins take for their buffers. */
    private static final FuzzTarget.Memory MEMORY = new FuzzTarget.Memory(8 << 20, 256);

    static Stream<FuzzTarget> targets() {
        return Stream.of(
                rle(),
                target("jpeg-lossless", "ffc3", "lossless-sv1.jpg", "lossless-sv6.jpg"),
                target("jpeg-baseline", "ffc0", "baseline.jpg"),
                target("jpeg-ls", "fff7", "lossless-12.jls", "lossless-16.jls", "near-2.jls"),
                target("jpeg-2000", "ff52", "lossless.j2k"));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheBytesDecodingEndsInSamplesOrADocumentedRefusal(FuzzTarget target) {
        FuzzRun.check(target);
    }

    private static FuzzTarget target(String name, String start, String... streams) {
        List<byte[]> seeds = new ArrayList<>();
        for (String stream : streams) {
            seeds.add(CodedPlane.stream(stream));
        }
        return target(name, seeds, start, bytes -> CodedPlane.decode(streams[0], bytes));
    }

    private static FuzzTarget rle() {
        PixelFormat words = new PixelFormat(2, 3, 16, 16, 15, false);
        String header = "02000000 40000000 46000000" + "00000000".repeat(13);
        byte[] frame = HexFormat.of().parseHex((header + "fd01 80 01 0203" + "05 0a0b0c0d0e0f 00").replace(" ", ""));
        return target("rle", List.of(frame), "00", bytes -> {
            Element.Fragments pixels =
                    new Element.Fragments(Tag.PIXEL_DATA.number(), OffsetTable.of(new byte[0]), List.of(bytes));
            new RleDecoder().decode(pixels, 0, 1, words, new short[6]);
        });
    }

    private static FuzzTarget target(String name, List<byte[]> seeds, String start, FuzzTarget.Reading reading) {
        List<byte[]> markers = Stream.of(
                        start, "ffd8", "ffd9", "ffc4", "ffda", "ffdd", "ffdb", "fff8", "ff90", "ff93", "ff4f")
                .map(HexFormat.of()::parseHex)
                .toList();
        return new FuzzTarget(name, seeds, markers, PixelDecoderFuzzTest::isRefusal, MEMORY, reading);
    }

    private static boolean isRefusal(Throwable thrown) {
        return thrown instanceof JobException refusal && refusal.code().failureClass() == FailureClass.BAD_JOB;
    }
}
