package io.deformux.dicom.seg;

import io.deformux.dicom.data.DicomFile;

/** The frames of open Pixel Data one after another, as segment numbers. Belongs to one thread. */
final class FrameSource {
    private final DicomFile file;
    private final SegKind kind;
    private int current;
    private int unused;

    /** Frames of a file that stands at the first byte of its pixels. */
    FrameSource(DicomFile file, SegKind kind) {
        this.file = file;
        this.kind = kind;
    }

    /** The next frame; {@code number} is the segment of a frame of bits. */
    int[] next(int pixels, int number) {
        int[] values = new int[pixels];
        if (kind == SegKind.LABELMAP) {
            byte[] bytes = file.pixelBytes(pixels);
            for (int n = 0; n < pixels; n++) {
                values[n] = bytes[n] & 0xff;
            }
            return values;
        }
        byte[] bytes = file.pixelBytes((int) BitPacker.bytes(Math.max(0, pixels - unused)));
        int taken = 0;
        for (int n = 0; n < pixels; n++) {
            if (unused == 0) {
                current = bytes[taken++] & 0xff;
                unused = 8;
            }
            values[n] = (current & 1) * number;
            current >>= 1;
            unused--;
        }
        return values;
    }
}
