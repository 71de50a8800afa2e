package io.deformux.network.torchscript;

import ai.djl.Device;
import io.deformux.network.weights.Tensor;

/** How the weights of convolutions lie in an archive; every other tensor lies in order. Stateless. */
enum WeightLayout {
    /** Last axis fastest, as {@code torch.save} leaves them. */
    IN_ORDER {
        @Override
        int[] strides(int[] shape) {
            int[] strides = new int[shape.length];
            int stride = 1;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                strides[axis] = stride;
                stride *= shape[axis];
            }
            return strides;
        }
    },
    /**
     * The second axis fastest in tensors of five. PyTorch's convolutions on a GPU look at the weights for the layout of
     * their result, and would copy weights that lie otherwise at every call.
     */
    CHANNELS_LAST {
        @Override
        int[] strides(int[] shape) {
            if (shape.length != 5) {
                return IN_ORDER.strides(shape);
            }
            int c = shape[1];
            int w = shape[4];
            int plane = shape[3] * w;
            return new int[] {c * shape[2] * plane, 1, c * plane, c * w, c};
        }
    };

    /** How far apart in the storage neighbours along each axis are. */
    abstract int[] strides(int[] shape);

    /** The one for networks that only predict there. */
    static WeightLayout suiting(Device device) {
        return device.isGpu() ? CHANNELS_LAST : IN_ORDER;
    }

    /** The values in the order of the storage. */
    float[] ordered(Tensor tensor) {
        if (this == IN_ORDER || tensor.shape().length != 5) {
            return tensor.values();
        }
        int[] shape = tensor.shape();
        int channels = shape[1];
        int voxels = shape[2] * shape[3] * shape[4];
        float[] ordered = new float[tensor.values().length];
        for (int o = 0; o < shape[0]; o++) {
            for (int c = 0; c < channels; c++) {
                for (int v = 0; v < voxels; v++) {
                    ordered[(o * voxels + v) * channels + c] = tensor.values()[(o * channels + c) * voxels + v];
                }
            }
        }
        return ordered;
    }
}
