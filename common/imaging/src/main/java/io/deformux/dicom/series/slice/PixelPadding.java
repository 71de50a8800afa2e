package io.deformux.dicom.series.slice;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.pixel.PixelFormat;

/**
 * The stored values that pad an image to a rectangle and measure nothing (PS3.3 section C.7.5.1.1.2). Some scanners pad with
 * a value that has more bits than are stored: such a one is looked for in the sample as allocated.
 *
 * @param first the lowest of them
 * @param last the highest
 */
record PixelPadding(int first, int last) {
    /** No value is padding. */
    static final PixelPadding NONE = new PixelPadding(1, 0);

    /** The padding that an image header states: one value, or all between two. */
    static PixelPadding of(DataSet header, PixelFormat format) {
        if (!header.has(Tag.PIXEL_PADDING_VALUE)) {
            return NONE;
        }
        int value = number(header, Tag.PIXEL_PADDING_VALUE, format);
        int limit = header.has(Tag.PIXEL_PADDING_RANGE_LIMIT)
                ? number(header, Tag.PIXEL_PADDING_RANGE_LIMIT, format)
                : value;
        return new PixelPadding(Math.min(value, limit), Math.max(value, limit));
    }

    /** Whether a sample as allocated is padding. */
    boolean contains(short sample, PixelFormat format) {
        if (first > last) {
            return false;
        }
        return contains(format.value(sample)) || contains(format.signed() ? sample : sample & 0xffff);
    }

    /** Whether there is padding, and of values that the stored bits can have. */
    boolean isStored(PixelFormat format) {
        int bits = format.bitsStored();
        int least = format.signed() ? -(1 << bits - 1) : 0;
        int most = format.signed() ? (1 << bits - 1) - 1 : (1 << bits) - 1;
        return first <= last && last >= least && first <= most;
    }

    private boolean contains(int value) {
        return value >= first && value <= last;
    }

    /** The pixel representation decides the sign: which of US and SS is written is often wrong. */
    private static int number(DataSet header, Tag tag, PixelFormat format) {
        short value = header.pixelValue(tag);
        return format.signed() ? value : value & 0xffff;
    }
}
