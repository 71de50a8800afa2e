package io.deformux.nifti;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The header fields that place and scale an image, as they stand in the file, unchecked. Positions and widths are those
 * of {@code nifti1.h} and {@code nifti2.h} (nifti.nimh.nih.gov).
 *
 * @param version 1 or 2
 * @param order the byte order of header and data
 * @param dim the number of axes, then up to seven sizes
 * @param datatype the code of the stored type
 * @param pixdim the handedness of the qform (-1 or 1), then up to seven voxel sizes
 * @param voxOffset where the data begins, in bytes
 * @param slope stored values are multiplied by this
 * @param inter and then this is added
 * @param units the code of the spatial and temporal units
 * @param qformCode positive when {@code qform} holds
 * @param sformCode positive when {@code sform} holds
 * @param qform the quaternion's b, c, d and the position of the first voxel x, y, z
 * @param sform the first three rows of the affine
 * @param split whether the voxels lie in a file of their own
 */
record RawHeader(
        int version,
        ByteOrder order,
        long[] dim,
        int datatype,
        double[] pixdim,
        double voxOffset,
        double slope,
        double inter,
        int units,
        int qformCode,
        int sformCode,
        double[] qform,
        double[] sform,
        boolean split) {

    private static final int SIZE_1 = 348;
    private static final int SIZE_2 = 540;
    private static final byte[] MAGIC_1 = {'n', '+', '1', 0};
    private static final byte[] MAGIC_2 = {'n', '+', '2', 0, '\r', '\n', 0x1a, '\n'};
    /** The letter in the magic of a header whose voxels lie in a file of their own; a plus in that of a single file. */
    private static final byte PAIR = 'i';
    /** After the header: four bytes that say whether extensions follow. */
    private static final int EXTENSION_FLAG = 4;

    /** How many volumes lie one behind the other along the fourth axis; further axes are not looked at. */
    long volumes() {
        return dim[0] < 4 ? 1 : Math.max(1, dim[4]);
    }

    /** The same of a file that has the first of them alone. */
    RawHeader ofOneVolume() {
        long[] first = dim.clone();
        if (first[0] >= 4) {
            first[4] = 1;
        }
        return new RawHeader(
                version, order, first, datatype, pixdim, voxOffset, slope, inter, units, qformCode, sformCode, qform,
                sform, split);
    }

    /** The bytes of a header of this version without the extension flag. */
    static int size(int version) {
        return version == 1 ? SIZE_1 : SIZE_2;
    }

    /** Where the data of a file without extensions begins. */
    static int dataOffset(int version) {
        return size(version) + EXTENSION_FLAG;
    }

    /**
     * Reads a header from the start of a (decompressed) file, without the extension flag behind it.
     *
     * @throws JobException {@link FailureCode#NIFTI_MAGIC_WRONG} if it is none of a single NIfTI file
     * @throws EOFException if the stream ends within it
     */
    static RawHeader read(InputStream in) throws IOException {
        RawHeader header = readAnyMagic(in);
        if (header.split()) {
            throw new JobException(
                    FailureCode.NIFTI_MAGIC_WRONG,
                    "this is one half of a NIfTI pair (.hdr and .img): send a folder or archive that holds both, or convert"
                            + " it to a single .nii or .nii.gz");
        }
        return header;
    }

    /** Whether a header of either version and byte order begins here, by its first field. */
    static boolean startsIn(InputStream in) throws IOException {
        byte[] start = in.readNBytes(4);
        if (start.length < 4) {
            return false;
        }
        int size = ByteBuffer.wrap(start).getInt(0);
        int swapped = Integer.reverseBytes(size);
        return size == SIZE_1 || size == SIZE_2 || swapped == SIZE_1 || swapped == SIZE_2;
    }

    /** As {@link #read}, or the header of a pair. */
    static RawHeader readAnyMagic(InputStream in) throws IOException {
        ByteBuffer start = ByteBuffer.wrap(exactly(in, 4));
        int size = start.getInt(0);
        ByteOrder order = ByteOrder.BIG_ENDIAN;
        if (size != SIZE_1 && size != SIZE_2) {
            size = Integer.reverseBytes(size);
            order = ByteOrder.LITTLE_ENDIAN;
        }
        if (size != SIZE_1 && size != SIZE_2) {
            throw new JobException(FailureCode.NIFTI_MAGIC_WRONG, "this is not a NIfTI file: send .nii or .nii.gz");
        }
        ByteBuffer header = ByteBuffer.allocate(size).order(order).put(start).put(exactly(in, size - 4));
        return size == SIZE_1 ? version1(header, order) : version2(header, order);
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    private static RawHeader version1(ByteBuffer b, ByteOrder order) {
        boolean split = isSplit(b, 344, MAGIC_1);
        long[] dim = new long[8];
        Arrays.setAll(dim, n -> b.getShort(40 + 2 * n));
        return new RawHeader(
                1,
                order,
                dim,
                b.getShort(70),
                floats(b, 76, 8),
                b.getFloat(108),
                b.getFloat(112),
                b.getFloat(116),
                b.get(123),
                b.getShort(252),
                b.getShort(254),
                floats(b, 256, 6),
                floats(b, 280, 12),
                split);
    }

    private static RawHeader version2(ByteBuffer b, ByteOrder order) {
        boolean split = isSplit(b, 4, MAGIC_2);
        long[] dim = new long[8];
        Arrays.setAll(dim, n -> b.getLong(16 + 8 * n));
        return new RawHeader(
                2,
                order,
                dim,
                b.getShort(12),
                doubles(b, 104, 8),
                b.getLong(168),
                b.getDouble(176),
                b.getDouble(184),
                b.getInt(500),
                b.getInt(344),
                b.getInt(348),
                doubles(b, 352, 6),
                doubles(b, 400, 12),
                split);
    }

    /** Whether the magic is that of a pair. */
    private static boolean isSplit(ByteBuffer header, int at, byte[] magic) {
        byte[] found = new byte[magic.length];
        header.get(at, found);
        boolean split = found[1] == PAIR;
        found[1] = split ? magic[1] : found[1];
        if (!Arrays.equals(found, magic)) {
            throw new JobException(
                    FailureCode.NIFTI_MAGIC_WRONG,
                    "the header lacks NIfTI's magic (is it Analyze 7.5, which does not say left from right?): convert it"
                            + " to .nii or .nii.gz");
        }
        return split;
    }

    private static double[] floats(ByteBuffer b, int at, int count) {
        double[] values = new double[count];
        Arrays.setAll(values, n -> b.getFloat(at + 4 * n));
        return values;
    }

    private static double[] doubles(ByteBuffer b, int at, int count) {
        double[] values = new double[count];
        Arrays.setAll(values, n -> b.getDouble(at + 8 * n));
        return values;
    }

    /**
     * The header as bytes, with the extension flag behind it.
     *
     * @param intent the code of what the values mean, 0 for nothing special
     * @param extended whether an extension follows
     */
    byte[] toBytes(int bitsPerVoxel, int intent, boolean extended) {
        ByteBuffer b = ByteBuffer.allocate(dataOffset(version)).order(order);
        b.putInt(0, size(version)).put(size(version), (byte) (extended ? 1 : 0));
        if (version == 1) {
            b.putShort(68, (short) intent);
        } else {
            b.putInt(504, intent);
        }
        return version == 1 ? bytes1(b, bitsPerVoxel) : bytes2(b, bitsPerVoxel);
    }

    private byte[] bytes1(ByteBuffer b, int bitsPerVoxel) {
        b.put(38, (byte) 'r');
        for (int n = 0; n < 8; n++) {
            b.putShort(40 + 2 * n, (short) dim[n]);
        }
        b.putShort(70, (short) datatype).putShort(72, (short) bitsPerVoxel);
        putFloats(b, 76, pixdim);
        putFloats(b, 108, voxOffset, slope, inter);
        b.put(123, (byte) units).putShort(252, (short) qformCode).putShort(254, (short) sformCode);
        putFloats(b, 256, qform);
        putFloats(b, 280, sform);
        return b.put(344, MAGIC_1).array();
    }

    private byte[] bytes2(ByteBuffer b, int bitsPerVoxel) {
        b.put(4, MAGIC_2).putShort(12, (short) datatype).putShort(14, (short) bitsPerVoxel);
        for (int n = 0; n < 8; n++) {
            b.putLong(16 + 8 * n, dim[n]);
        }
        putDoubles(b, 104, pixdim);
        b.putLong(168, (long) voxOffset);
        putDoubles(b, 176, slope, inter);
        b.putInt(344, qformCode).putInt(348, sformCode);
        putDoubles(b, 352, qform);
        putDoubles(b, 400, sform);
        return b.putInt(500, units).array();
    }

    private static void putFloats(ByteBuffer b, int at, double... values) {
        for (int n = 0; n < values.length; n++) {
            b.putFloat(at + 4 * n, (float) values[n]);
        }
    }

    private static void putDoubles(ByteBuffer b, int at, double... values) {
        for (int n = 0; n < values.length; n++) {
            b.putDouble(at + 8 * n, values[n]);
        }
    }
}
