package io.deformux.volumefile;

import java.nio.ByteBuffer;

/** How a file can store one voxel. */
public enum VoxelType {
    UINT8(1),
    INT16(2),
    INT32(4),
    FLOAT32(4),
    FLOAT64(8),
    INT8(1),
    UINT16(2),
    UINT32(4),
    INT64(8),
    UINT64(8);

    private final int bytes;

    VoxelType(int bytes) {
        this.bytes = bytes;
    }

    /** The bytes of one. */
    public int bytes() {
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
    public void decode(ByteBuffer from, int first, int count, float[] to, int at, double slope, double inter) {
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
