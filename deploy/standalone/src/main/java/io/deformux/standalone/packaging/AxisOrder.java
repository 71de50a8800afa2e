package io.deformux.standalone.packaging;

import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of the three axes of a network's images, where it is another one than here: a convolution of permuted images with
 * permuted kernels gives permuted maps, so the weights can be brought to our order once and for all.
 *
 * @param from for each of our axes the network's own
 */
record AxisOrder(List<Integer> from) {
    private static final int AXES = 3;

    /**
     * That of nnU-Net, which reads images as (z, y, x) and then transposes them; ours are (x, y, z).
     *
     * @param transposeForward as the plans have it: for each axis of the network, that of (z, y, x)
     * @throws IllegalArgumentException if it is no permutation
     */
    static AxisOrder ofNnunet(List<Integer> transposeForward) {
        List<Integer> from = new ArrayList<>();
        for (int axis = 0; axis < AXES; axis++) {
            from.add(transposeForward.indexOf(AXES - 1 - axis));
        }
        if (transposeForward.size() != AXES || from.contains(-1)) {
            throw new IllegalArgumentException("transpose_forward is no order of three axes: " + transposeForward);
        }
        return new AxisOrder(from);
    }

    /** Three values of the network's axes in our order. */
    <T> List<T> ours(List<T> values) {
        return from.stream().map(values::get).toList();
    }

    /** The weights with the last three axes of every kernel in our order. */
    Weights ours(Weights weights) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights.tensors()
                .forEach(
                        (name, tensor) -> tensors.put(name, tensor.shape().length == 2 + AXES ? ours(tensor) : tensor));
        return new Weights(tensors);
    }

    private Tensor ours(Tensor tensor) {
        int[] old = tensor.shape();
        int[] shape = {old[0], old[1], old[2 + from.get(0)], old[2 + from.get(1)], old[2 + from.get(2)]};
        int[] oldStrides = {old[3] * old[4], old[4], 1};
        int[] strides = {oldStrides[from.get(0)], oldStrides[from.get(1)], oldStrides[from.get(2)]};
        int taps = old[2] * old[3] * old[4];
        float[] values = new float[tensor.values().length];
        int at = 0;
        for (int kernel = 0; kernel < old[0] * old[1]; kernel++) {
            for (int i = 0; i < shape[2]; i++) {
                for (int j = 0; j < shape[3]; j++) {
                    for (int k = 0; k < shape[4]; k++) {
                        int tap = i * strides[0] + j * strides[1] + k * strides[2];
                        values[at++] = tensor.values()[kernel * taps + tap];
                    }
                }
            }
        }
        return new Tensor(shape, values);
    }
}
