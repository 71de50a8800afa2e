package io.deformux.nifti;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.nio.ByteBuffer;

/** The stored types that a scan may have, with their {@code datatype} codes ({@code nifti1.h}). */
enum NiftiType {
    UINT8(2, 1),
    INT16(4, 2),
    INT32(8, 4),
    FLOAT32(16, 4),
    FLOAT64(64, 8),
    INT8(256, 1),
    UINT16(512, 2),
    UINT32(768, 4),
    INT64(1024, 8),
    UINT64(1280, 8);

    private final int code;
    private final int bytes;

    NiftiType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The type of that code. */
    static NiftiType of(int code) {
        for (NiftiType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        String name =
                switch (code) {
                    case 1 -> "binary";
                    case 32 -> "complex64";
                    case 128 -> "rgb24";
                    case 1536 -> "float128";
                    case 1792 -> "complex128";
                    case 2048 -> "complex256";
                    case 2304 -> "rgba32";
                    default -> "unknown, code " + code;
                };
        throw new JobException(
                FailureCode.NIFTI_HEADER_INVALID,
                "voxels of type " + name + " cannot be read: convert the scan to int16 or float32");
    }

    int code() {
        return code;
    }

    int bytes() {
        return bytes;
    }

    /**
     * Decodes consecutive voxels: {@code (float) (stored * slope + inter)}, evaluated in double.
     *
     * @param from the data, in its byte order
     * @param first the first voxel, counted in voxels of {@code from}
     * @param to where they go
     * @param at the first element to set
     */
    void decode(ByteBuffer from, int first, int count, float[] to, int at, double slope, double inter) {
        int p = first * bytes;
        // One loop per type: the choice is made once per row, not once per voxel.
        switch (this) {
            case UINT8 -> {
                for (int n = 0; n < count; n++) {
                    to[at + n] = (float) ((from.get(p + n) & 0xff) * slope + inter);
                }
            }
            case INT8 -> {
                for (int n = 0; n < count; n++) {
                    to[at + n] = (float) (from.get(p + n) * slope + inter);
                }
            }
            case INT16 -> {
                for (int n = 0; n < count; n++) {
                    to[at + n] = (float) (from.getShort(p + 2 * n) * slope + inter);
                }
            }
            case UINT16 -> {
                for (int n = 0; n < count; n++) {
                    to[at + n] = (float) ((from.getShort(p + 2 * n) & 0xffff) * slope + inter);
                }
            }
            case INT32 -> {
                for (int n = 0; n < count; n++) {
                    to[at + n] = (float) (from.getInt(p + 4 * n) * slope + inter);
                }
            }
            case UINT32 -> {
                for (int n = 0; n < count; n++) {
                    to[at + n] = (float) ((from.getInt(p + 4 * n) & 0xffffffffL) * slope + inter);
                }
            }
            case FLOAT32 -> {
                for (int n = 0; n < count; n++) {
                    to[at + n] = (float) (from.getFloat(p + 4 * n) * slope + inter);
                }
            }
            case FLOAT64 -> {
                for (int n = 0; n < count; n++) {
                    to[at + n] = (float) (from.getDouble(p + 8 * n) * slope + inter);
                }
            }
            case INT64 -> {
                for (int n = 0; n < count; n++) {
                    to[at + n] = (float) (from.getLong(p + 8 * n) * slope + inter);
                }
            }
            case UINT64 -> {
                for (int n = 0; n < count; n++) {
                    to[at + n] = (float) (unsigned(from.getLong(p + 8 * n)) * slope + inter);
                }
            }
        }
    }

    private static double unsigned(long value) {
        // Halved with the lost bit kept, so that the doubling rounds as the whole value would.
        return value >= 0 ? value : (value >>> 1 | value & 1) * 2.0;
    }
}
