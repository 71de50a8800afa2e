package io.deformux.dicom.pixel;

import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_INVALID;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Tag;
import io.deformux.failure.JobException;
import java.util.List;

/**
 * How the samples of one monochrome plane are stored (PS3.3 section C.7.6.3, PS3.5 section 8.1.1).
 *
 * @param rows samples per column
 * @param columns samples per row, the fastest
 * @param bitsAllocated 8 or 16 bits per sample
 * @param bitsStored how many of them hold the value
 * @param highBit the most significant of these, from 0
 * @param signed whether the value is in two's complement
 */
public record PixelFormat(int rows, int columns, int bitsAllocated, int bitsStored, int highBit, boolean signed) {

    /** Checks the fields against each other. */
    public PixelFormat {
        if (rows < 1 || columns < 1 || rows > 0xffff || columns > 0xffff) {
            throw invalid(Tag.ROWS + " and " + Tag.COLUMNS + " have to be at least 1");
        }
        if (bitsAllocated != 8 && bitsAllocated != 16) {
            throw invalid(Tag.BITS_ALLOCATED + " is " + bitsAllocated + ", only 8 and 16 are read");
        }
        if (bitsStored < 1 || highBit >= bitsAllocated || highBit + 1 < bitsStored) {
            throw invalid(Tag.BITS_STORED + " and " + Tag.HIGH_BIT + " do not fit " + Tag.BITS_ALLOCATED);
        }
    }

    /**
     * The format that an image header states; refuses colour.
     *
     * @throws JobException {@code DICOM_ATTRIBUTE_MISSING} or {@code DICOM_ATTRIBUTE_INVALID}
     */
    public static PixelFormat of(DataSet header) {
        if (header.unsignedShort(Tag.SAMPLES_PER_PIXEL) != 1) {
            throw invalid("only monochrome images are read: " + Tag.SAMPLES_PER_PIXEL + " is not 1");
        }
        List<String> photometric = header.codes(Tag.PHOTOMETRIC_INTERPRETATION);
        if (!photometric.equals(List.of("MONOCHROME1")) && !photometric.equals(List.of("MONOCHROME2"))) {
            throw invalid("only monochrome images are read: see " + Tag.PHOTOMETRIC_INTERPRETATION);
        }
        return new PixelFormat(
                header.unsignedShort(Tag.ROWS),
                header.unsignedShort(Tag.COLUMNS),
                header.unsignedShort(Tag.BITS_ALLOCATED),
                header.unsignedShort(Tag.BITS_STORED),
                header.unsignedShort(Tag.HIGH_BIT),
                header.unsignedShort(Tag.PIXEL_REPRESENTATION) == 1);
    }

    /** Samples of one plane; can exceed an int. */
    public long samples() {
        return (long) rows * columns;
    }

    /** Bytes of one plane, uncompressed. */
    public long bytes() {
        return samples() * (bitsAllocated / 8);
    }

    /** The stored value in a sample as allocated; bits outside the stored ones (old overlays) are dropped. */
    public int value(short sample) {
        int aboveHighBit = Integer.SIZE - 1 - highBit;
        int up = sample << aboveHighBit;
        int down = Integer.SIZE - bitsStored;
        return signed ? up >> down : up >>> down;
    }

    private static JobException invalid(String message) {
        return new JobException(DICOM_ATTRIBUTE_INVALID, message);
    }
}
