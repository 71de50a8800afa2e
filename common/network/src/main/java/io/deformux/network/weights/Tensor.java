package io.deformux.network.weights;

import java.util.Arrays;

/**
 * Values with a shape, last axis fastest.
 *
 * @param shape sizes, none for a scalar
 * @param values one per element; held, not copied
 */
public record Tensor(int[] shape, float[] values) {

    /** Checks that there is one value per element. */
    public Tensor {
        if (length(shape) != values.length) {
            throw new IllegalArgumentException(values.length + " values for shape " + Arrays.toString(shape));
        }
    }

    /** The number of elements of a shape. */
    public static long length(int[] shape) {
        long n = 1;
        for (int size : shape) {
            n = Math.multiplyExact(n, (long) size);
        }
        return n;
    }
}
