package io.deformux.network.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A feature map in native memory, channels last: (d, h, w, c), c fastest. It does not own the memory.
 *
 * @param bytes the values in native byte order, from position 0
 * @param half whether they are bfloat16 instead of float
 * @param d size along the first axis, in voxels
 * @param h likewise
 * @param w likewise
 * @param c channels
 */
public record MapView(ByteBuffer bytes, boolean half, int d, int h, int w, int c) {

    /** Checks that the buffer has room for all values. */
    public MapView {
        bytes = bytes.duplicate().order(ByteOrder.nativeOrder());
        long needed = (long) d * h * w * c * (half ? Short.BYTES : Float.BYTES);
        if (bytes.capacity() < needed) {
            throw new IllegalArgumentException(bytes.capacity() + " bytes for a map that needs " + needed);
        }
    }

    /** d x h x w. */
    public int voxels() {
        return d * h * w;
    }

    /** One value; the plain way, for checks. */
    public float value(int index) {
        return half ? Float.intBitsToFloat(bytes.getShort(2 * index) << 16) : bytes.getFloat(4 * index);
    }

    /**
     * Sets all values from a map that lies channel by channel.
     *
     * @param values (c, d, h, w) from position 0
     */
    public void setPlanar(FloatBuffer values, Kernels kernels) {
        Chunks.forEach(voxels(), c, (task, from, to) -> {
            int rows = Chunks.rows(c);
            MapRows out = rows(kernels.rows());
            float[] planar = new float[rows];
            float[] x = new float[rows * c];
            Chunks.each(
                    from,
                    to,
                    rows,
                    (v, n) -> {
                        for (int k = 0; k < c; k++) {
                            values.get(k * voxels() + v, planar, 0, n);
                            for (int r = 0; r < n; r++) {
                                x[r * c + k] = planar[r];
                            }
                        }
                    },
                    (v, n) -> out.write(v * c, x, n * c));
        });
    }

    /** Reads and writes rows of this map; one thread. */
    public MapRows rows(RowKernels kernels) {
        return half ? new Bf16Rows(bytes, kernels) : new Fp32Rows(bytes);
    }
}
