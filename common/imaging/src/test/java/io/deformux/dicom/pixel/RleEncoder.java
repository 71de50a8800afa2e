package io.deformux.dicom.pixel;

import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.OffsetTable;
import io.deformux.dicom.data.Tag;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** RLE Lossless frames for tests (PS3.5 Annex G): runs of two and more are runs, all else are literals of one byte. */
public final class RleEncoder {
    private RleEncoder() {}

    /** Fragments of one frame of little endian samples, with an empty offset table. */
    public static Element.Fragments frame(byte[] samples, int bytesPerSample) {
        ByteArrayOutputStream segments = new ByteArrayOutputStream();
        ByteBuffer header =
                ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putInt(bytesPerSample);
        for (int plane = bytesPerSample - 1; plane >= 0; plane--) {
            header.putInt(64 + segments.size());
            int count = samples.length / bytesPerSample;
            for (int n = 0; n < count; ) {
                byte value = samples[n * bytesPerSample + plane];
                int run = 1;
                while (run < 128 && n + run < count && samples[(n + run) * bytesPerSample + plane] == value) {
                    run++;
                }
                segments.write(run == 1 ? 0 : 1 - run);
                segments.write(value);
                n += run;
            }
            if (segments.size() % 2 != 0) {
                segments.write(0);
            }
        }
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(header.array());
        frame.writeBytes(segments.toByteArray());
        return new Element.Fragments(
                Tag.PIXEL_DATA.number(), OffsetTable.of(new byte[0]), List.of(frame.toByteArray()));
    }
}
