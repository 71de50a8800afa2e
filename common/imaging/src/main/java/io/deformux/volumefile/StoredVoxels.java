package io.deformux.volumefile;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.volume.HeapRoom;
import io.deformux.volume.Shape3;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntFunction;

/**
 * The voxels of a grid as a file stores them, first axis fastest; a real value is {@code stored * slope + inter}.
 *
 * @param shape the grid, (ni, nj, nk)
 * @param type how one voxel is stored
 * @param order the byte order
 * @param slope the factor from stored to real values
 * @param inter what is added after it
 */
public record StoredVoxels(Shape3 shape, VoxelType type, ByteOrder order, double slope, double inter) {
    /** Longer than any scan's axis; keeps a row of voxels, and so the read buffer, small. */
    public static final long MAX_AXIS = 1 << 20;

    /** The most that deflate can shrink anything: 258 bytes in two bits (zlib's technical notes give 1032:1). */
    public static final long DEFLATE_LIMIT = 1032;

    /** Unscaled voxels. */
    public StoredVoxels(Shape3 shape, VoxelType type, ByteOrder order) {
        this(shape, type, order, 1, 0);
    }

    /** Takes row j of planes k to k+planes-1: voxel i of plane k+p is {@code row[p * ni + i]}. */
    public interface RowSink {
        void accept(float[] row, int j, int k, int planes);
    }

    /** The bytes of all of them. */
    public long bytes() {
        return shape.voxels() * type.bytes();
    }

    /**
     * The values in memory order.
     *
     * @param in stands at the first voxel
     * @param available how many bytes it can give at most
     * @throws EOFException if those are too few
     * @throws JobException {@link FailureCode#HEAP_OUT_OF_MEMORY} before anything is read if the heap can never hold them,
     *     {@link FailureCode#INPUT_TOO_LARGE} if it has no room now
     */
    public float[] read(InputStream in, long available) throws IOException {
        float[] voxels = allocate(available, float[]::new, Float.BYTES);
        forEachRow(in, (row, j, k, planes) -> {
            for (int i = 0; i < shape.d(); i++) {
                int to = shape.index(i, j, k);
                for (int p = 0; p < planes; p++) {
                    voxels[to + p] = row[p * shape.d() + i];
                }
            }
        });
        return voxels;
    }

    /** An array for the voxels, unless the file cannot hold that many or the heap has no room; errors as above. */
    public <T> T allocate(long available, IntFunction<T> array, int bytes) throws EOFException {
        if (available < bytes()) {
            throw new EOFException();
        }
        int voxels = shape.length();
        HeapRoom.here().require(voxels, bytes);
        try {
            return array.apply(voxels);
        } catch (OutOfMemoryError e) {
            throw new JobException(
                    FailureCode.INPUT_TOO_LARGE,
                    "no memory for the scan's " + voxels + " voxels of " + bytes
                            + " bytes: give the worker a larger heap or lower its limit on voxels",
                    e);
        }
    }

    /** Reads all rows; throws {@link EOFException} where the stream ends early. */
    public void forEachRow(InputStream in, RowSink sink) throws IOException {
        FileOrder blocks = FileOrder.of(shape, type.bytes());
        int ni = shape.d();
        byte[] bytes = new byte[blocks.blockVoxels() * type.bytes()];
        ByteBuffer block = ByteBuffer.wrap(bytes).order(order);
        float[] row = new float[blocks.planes() * ni];
        blocks.forEach((k, planes, j, rows) -> {
            int count = planes * rows * ni * type.bytes();
            if (in.readNBytes(bytes, 0, count) < count) {
                throw new EOFException();
            }
            for (int r = 0; r < rows; r++) {
                for (int p = 0; p < planes; p++) {
                    type.decode(block, (p * rows + r) * ni, ni, row, p * ni, slope, inter);
                }
                sink.accept(row, j + r, k, planes);
            }
        });
    }

    /**
     * The grid of these sizes.
     *
     * @param maxVoxels the largest number of voxels to accept
     * @throws JobException {@link FailureCode#INPUT_TOO_LARGE}
     */
    public static Shape3 shape(long maxVoxels, long ni, long nj, long nk) {
        long most = Math.min(maxVoxels, Integer.MAX_VALUE - 8);
        long voxels = 1;
        for (long size : new long[] {ni, nj, nk}) {
            if (size > MAX_AXIS || size > most / voxels) {
                throw new JobException(
                        FailureCode.INPUT_TOO_LARGE,
                        "the scan has more than the " + most + " voxels (or " + MAX_AXIS
                                + " along one axis) that this worker accepts");
            }
            voxels *= size;
        }
        return new Shape3((int) ni, (int) nj, (int) nk);
    }
}
