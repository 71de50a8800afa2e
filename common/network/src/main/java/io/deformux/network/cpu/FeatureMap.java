package io.deformux.network.cpu;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.deformux.network.kernel.MapView;
import io.deformux.network.weights.Precision;

/** A map (1, d, h, w, c) of PyTorch's on the CPU, with its memory open to Java. It owns the array; close it. */
public final class FeatureMap implements AutoCloseable {
    private final PtNDArray array;
    private final MapView view;

    /** Takes over an array that lies in memory as its shape says. */
    public FeatureMap(PtNDArray array, Precision precision) {
        this.array = array;
        Shape shape = array.getShape();
        this.view = new MapView(
                array.toByteBuffer(true),
                precision == Precision.BF16,
                (int) shape.get(1),
                (int) shape.get(2),
                (int) shape.get(3),
                (int) shape.get(4));
    }

    public PtNDArray array() {
        return array;
    }

    public MapView view() {
        return view;
    }

    public Precision precision() {
        return view.half() ? Precision.BF16 : Precision.FP32;
    }

    /** The values times a matrix (c, n): (1, d, h, w, n). */
    public FeatureMap times(NDArray matrix) {
        PtNDArray rows = (PtNDArray) array.reshape(view.voxels(), view.c());
        try (rows) {
            NDArray product = rows.matMul(matrix);
            NDArray map = product.reshape(
                    1, view.d(), view.h(), view.w(), matrix.getShape().get(1));
            product.close();
            return new FeatureMap((PtNDArray) map, precision());
        }
    }

    @Override
    public void close() {
        array.close();
    }
}
