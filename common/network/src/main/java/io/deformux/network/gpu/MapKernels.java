package io.deformux.network.gpu;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.Optional;

/** What a DeformUX-Net computes between its convolutions, on maps of one device. One thread. */
public interface MapKernels extends AutoCloseable {

    /**
     * The depthwise 3x3x3 deformable convolution.
     *
     * @param offset 81 channels, 3 * tap + axis, in voxels
     * @param weight (27, c) floats
     * @param bias (c) floats
     * @param y takes the result; shaped as x
     */
    void deform(DeviceMap x, DeviceMap offset, PtNDArray weight, PtNDArray bias, DeviceMap y);

    /**
     * LeakyReLU (0.01) of y normed by sample and channel (eps 1e-5) plus another map, in place.
     *
     * @param other what is added, if anything
     * @param normed whether the other is normed too
     * @param scope for memory meanwhile
     */
    void activate(DeviceMap y, Optional<DeviceMap> other, boolean normed, NDManager scope);

    /**
     * The end of a block, in place: y standardised over its channels (eps 1e-6), then x + shift + the sum over m of out * gelu(y * in
     * + bias).
     *
     * @param table (13, c) floats: four rows of in, of bias and of out, and shift
     */
    void blockEnd(DeviceMap y, DeviceMap x, PtNDArray table);

    @Override
    void close();
}
