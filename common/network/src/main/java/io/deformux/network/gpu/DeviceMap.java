package io.deformux.network.gpu;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.deformux.network.weights.Precision;

/**
 * A map on a device that lies channels last. Owns the array; close it.
 *
 * @param array (n, d, h, w, c) in order, in that precision
 * @param precision bf16 or fp32
 */
public record DeviceMap(PtNDArray array, Precision precision) implements AutoCloseable {

    /** Channels. */
    public int c() {
        return axis(4);
    }

    /** Samples. */
    public int n() {
        return axis(0);
    }

    /** Voxels along the first axis of space; {@code h} and {@code w} along the others. */
    public int d() {
        return axis(1);
    }

    /** As {@link #d}. */
    public int h() {
        return axis(2);
    }

    /** As {@link #d}. */
    public int w() {
        return axis(3);
    }

    /** Voxels of one sample. */
    public int voxels() {
        return Math.multiplyExact(d(), Math.multiplyExact(h(), w()));
    }

    private int axis(int axis) {
        Shape shape = array.getShape();
        return Math.toIntExact(shape.get(axis));
    }

    @Override
    public void close() {
        array.close();
    }
}
