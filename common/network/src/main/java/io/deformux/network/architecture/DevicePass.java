package io.deformux.network.architecture;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;

/** A way to run a network whose images and logits can stay on its device. */
public interface DevicePass extends ForwardPass {

    /** Where it runs. */
    Device device();

    /**
     * Predicts; the device may still be computing when this returns.
     *
     * @param images (n, inChannels, d, h, w) floats on the device
     * @return logits (n, outChannels, d, h, w), floats, in the scope of the images
     * @throws io.deformux.failure.JobException {@code DEVICE_OUT_OF_MEMORY}, {@code DEVICE_FAILED} or {@code NETWORK_FAILED}
     */
    NDArray forward(NDArray images);
}
