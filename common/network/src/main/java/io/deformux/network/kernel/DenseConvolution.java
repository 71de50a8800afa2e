package io.deformux.network.kernel;

/**
 * A convolution of maps that lie channels last, by its numbers: what a layer computes, whoever computes it. The arrays are
 * held, not copied.
 *
 * @param name the layer's state-dict name, for logs
 * @param weight (outputs, size, size, size, inputs), last axis fastest
 * @param bias one value per output, or none
 * @param outputs channels out
 * @param inputs channels in
 * @param size voxels of the kernel along each axis
 * @param stride voxels between two windows along each axis
 * @param padding voxels of zeros around the map
 */
public record DenseConvolution(
        String name, float[] weight, float[] bias, int outputs, int inputs, int size, int stride, int padding) {

    /** Checks the lengths. */
    public DenseConvolution {
        if (weight.length != outputs * size * size * size * inputs || bias.length != 0 && bias.length != outputs) {
            throw new IllegalArgumentException(name + ": " + weight.length + " weights and " + bias.length
                    + " biases for " + outputs + "x" + inputs + "x" + size + "^3");
        }
    }

    /**
     * A convolution as PyTorch stores it.
     *
     * @param weight (outputs, inputs, size, size, size)
     */
    public static DenseConvolution of(String name, float[] weight, float[] bias, int[] shape, int stride, int padding) {
        int taps = shape[2] * shape[3] * shape[4];
        return new DenseConvolution(
                name, swapped(weight, shape[0], shape[1], taps), bias, shape[0], shape[1], shape[2], stride, padding);
    }

    /**
     * A transposed convolution to twice the size, whose windows do not meet, as one of single voxels: each gives the eight
     * voxels of a 2x2x2 cell, as channels (2, 2, 2, outputs).
     *
     * @param weight (inputs, outputs, 2, 2, 2), as PyTorch stores it
     */
    public static DenseConvolution doubling(String name, float[] weight, int[] shape) {
        int inputs = shape[0];
        int outputs = shape[1];
        float[] cells = new float[weight.length];
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                for (int tap = 0; tap < 8; tap++) {
                    cells[(tap * outputs + o) * inputs + i] = weight[(i * outputs + o) * 8 + tap];
                }
            }
        }
        return new DenseConvolution(name, cells, new float[0], 8 * outputs, inputs, 1, 1, 0);
    }

    /** Voxels out along an axis of so many voxels. */
    public int voxels(int in) {
        return (in + 2 * padding - size) / stride + 1;
    }

    /** Whether each voxel out depends on one voxel in alone. */
    public boolean pointwise() {
        return size == 1 && stride == 1 && padding == 0;
    }

    /** The weights as PyTorch stores them: (outputs, inputs, size, size, size). */
    public float[] inputsFirst() {
        return swapped(weight, outputs, size * size * size, inputs);
    }

    /** (n, a, b) to (n, b, a). */
    private static float[] swapped(float[] values, int n, int a, int b) {
        float[] swapped = new float[values.length];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < a; j++) {
                for (int k = 0; k < b; k++) {
                    swapped[(i * b + k) * a + j] = values[(i * a + j) * b + k];
                }
            }
        }
        return swapped;
    }
}
