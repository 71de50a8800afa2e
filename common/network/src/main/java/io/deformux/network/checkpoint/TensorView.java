package io.deformux.network.checkpoint;

import io.deformux.network.weights.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A tensor before its values are read: element (i0, i1, ...) is value {@code offset + i0 * stride[0] + i1 * stride[1] +
 * ...} of the storage. Every element was found to lie inside what the storage states to have.
 */
final class TensorView {
    private static final int MOST_AXES = 16;

    private final StorageRef storage;
    private final long offset;
    private final int[] shape;
    private final long[] stride;
    private final long length;

    private TensorView(StorageRef storage, long offset, int[] shape, long[] stride, long length) {
        this.storage = storage;
        this.offset = offset;
        this.shape = shape;
        this.stride = stride;
        this.length = length;
    }

    /**
     * Checks the numbers.
     *
     * @param sizes one per axis
     * @param strides one per axis, in values; 0 repeats
     */
    static TensorView of(StorageRef storage, long offset, List<Long> sizes, List<Long> strides) {
        int axes = sizes.size();
        CheckpointRefusal.unless(axes <= MOST_AXES, "a tensor has " + axes + " axes; the limit is " + MOST_AXES);
        CheckpointRefusal.unless(
                strides.size() == axes, "a tensor has " + axes + " sizes but " + strides.size() + " strides");
        int[] shape = new int[axes];
        long[] stride = new long[axes];
        for (int axis = 0; axis < axes; axis++) {
            shape[axis] = nonNegative(sizes.get(axis));
            stride[axis] = nonNegative(strides.get(axis));
        }
        long length = length(shape);
        CheckpointRefusal.unless(
                offset >= 0
                        && offset <= storage.count()
                        && (length == 0 || last(offset, shape, stride, storage) < storage.count()),
                "a tensor reaches beyond its storage");
        return new TensorView(storage, offset, shape, stride, length);
    }

    /** A tensor that is all of its storage, last axis fastest. */
    static TensorView whole(String key, ElementType type, List<Long> sizes) {
        long count = 1;
        Long[] strides = new Long[sizes.size()];
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = count;
            // Kept below the square of what nonNegative allows, so it cannot overflow.
            count *= nonNegative(sizes.get(axis));
            CheckpointRefusal.unless(count <= Integer.MAX_VALUE, "a tensor has more than 2^31 values");
        }
        return of(new StorageRef(key, type, count), 0, sizes, List.of(strides));
    }

    StorageRef storage() {
        return storage;
    }

    /** How many values it has; with strides of 0 that can be more than its storage has. */
    long length() {
        return length;
    }

    /** Its values, last axis fastest. */
    Tensor read(ByteBuffer bytes) {
        float[] values = new float[(int) length];
        int[] index = new int[shape.length];
        long at = offset;
        for (int n = 0; n < values.length; n++) {
            values[n] = storage.type().at(bytes, (int) at);
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                at += stride[axis];
                if (++index[axis] < shape[axis]) {
                    break;
                }
                at -= shape[axis] * stride[axis];
                index[axis] = 0;
            }
        }
        return new Tensor(shape, values);
    }

    private static long length(int[] shape) {
        long length = 1;
        for (int size : shape) {
            length *= size;
            CheckpointRefusal.unless(length <= Integer.MAX_VALUE, "a tensor has more than 2^31 values");
        }
        return length;
    }

    /** Where the last element lies, or some place beyond the storage if it lies beyond. */
    private static long last(long offset, int[] shape, long[] stride, StorageRef storage) {
        long last = offset;
        for (int axis = 0; axis < shape.length && last < storage.count(); axis++) {
            last += (shape[axis] - 1) * stride[axis];
        }
        return last;
    }

    private static int nonNegative(long value) {
        CheckpointRefusal.unless(
                value >= 0 && value <= Integer.MAX_VALUE, "a tensor states a size or stride of " + value);
        return (int) value;
    }
}
