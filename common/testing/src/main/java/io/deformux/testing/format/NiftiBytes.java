package io.deformux.testing.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * A NIfTI file put together byte by byte from the field positions in {@code nifti1.h} and {@code nifti2.h},
 * independently of the product's own table of them. Starts as a valid int16 image with 2x3x4 voxels of 1.5x2x2.5 mm, no
 * sform, no qform.
 */
public final class NiftiBytes {
    private final int version;
    public final ByteBuffer header;
    private byte[] beforeData = new byte[4];
    private byte[] data;

    public NiftiBytes(int version, ByteOrder order) {
        this.version = version;
        header = ByteBuffer.allocate(version == 1 ? 348 : 540).order(order);
        header.putInt(0, header.capacity());
        byte[] magic = version == 1 ? bytes('n', '+', '1', 0) : bytes('n', '+', '2', 0, 13, 10, 26, 10);
        header.put(version == 1 ? 344 : 4, magic);
        dim(3, 2, 3, 4).type(4, 16).pixdim(1, 1.5, 2, 2.5);
        voxOffset(header.capacity() + 4);
        data = new byte[2 * 3 * 4 * 2];
    }

    public static NiftiBytes version1() {
        return new NiftiBytes(1, ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] bytes(int... values) {
        byte[] b = new byte[values.length];
        for (int n = 0; n < b.length; n++) {
            b[n] = (byte) values[n];
        }
        return b;
    }

    public NiftiBytes dim(long... dim) {
        for (int n = 0; n < dim.length; n++) {
            if (version == 1) {
                header.putShort(40 + 2 * n, (short) dim[n]);
            } else {
                header.putLong(16 + 8 * n, dim[n]);
            }
        }
        return this;
    }

    public NiftiBytes type(int code, int bits) {
        header.putShort(version == 1 ? 70 : 12, (short) code).putShort(version == 1 ? 72 : 14, (short) bits);
        return this;
    }

    public NiftiBytes pixdim(double... pixdim) {
        for (int n = 0; n < pixdim.length; n++) {
            real(76, 104, n, pixdim[n]);
        }
        return this;
    }

    public NiftiBytes scaling(double slope, double inter) {
        return real(112, 176, 0, slope).real(116, 184, 0, inter);
    }

    public NiftiBytes units(int code) {
        if (version == 1) {
            header.put(123, (byte) code);
        } else {
            header.putInt(500, code);
        }
        return this;
    }

    public NiftiBytes sform(int code, double... rows) {
        code(254, 348, code);
        for (int n = 0; n < rows.length; n++) {
            real(280, 400, n, rows[n]);
        }
        return this;
    }

    public NiftiBytes qform(int code, double... quaternionAndOffset) {
        code(252, 344, code);
        for (int n = 0; n < quaternionAndOffset.length; n++) {
            real(256, 352, n, quaternionAndOffset[n]);
        }
        return this;
    }

    public NiftiBytes voxOffset(double offset) {
        if (version == 1) {
            header.putFloat(108, (float) offset);
        } else {
            header.putLong(168, (long) offset);
        }
        return this;
    }

    /** Puts an extension of that many bytes (a multiple of 16) between header and data. */
    public NiftiBytes extension(int size) {
        ByteBuffer b = ByteBuffer.allocate(4 + size).order(header.order());
        beforeData = b.put(0, (byte) 1).putInt(4, size).putInt(8, 6).array();
        return voxOffset(header.capacity() + 4 + size);
    }

    public NiftiBytes data(byte[] bytes) {
        data = bytes;
        return this;
    }

    /** int16 data in file order. */
    public NiftiBytes shorts(int... values) {
        ByteBuffer b = ByteBuffer.allocate(2 * values.length).order(header.order());
        for (int value : values) {
            b.putShort((short) value);
        }
        return data(b.array());
    }

    public byte[] plain() {
        return ByteBuffer.allocate(header.capacity() + beforeData.length + data.length)
                .put(header.array())
                .put(beforeData)
                .put(data)
                .array();
    }

    public byte[] gzip() {
        return gzip(plain());
    }

    public static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NiftiBytes real(int at1, int at2, int index, double value) {
        if (version == 1) {
            header.putFloat(at1 + 4 * index, (float) value);
        } else {
            header.putDouble(at2 + 8 * index, value);
        }
        return this;
    }

    private void code(int at1, int at2, int code) {
        if (version == 1) {
            header.putShort(at1, (short) code);
        } else {
            header.putInt(at2, code);
        }
    }
}
