package io.deformux.network.device;

import ai.djl.ndarray.NDArray;

/** A network whose images and logits stay in the memory of its device. One thread at a time. */
public interface DeviceNetwork {
    /** Classes, the background included. */
    int classes();

    /**
     * Predicts; the device may still be computing when this returns.
     *
     * @param images (n, 1, d, h, w), floats
     * @return logits (n, classes, d, h, w), floats, in the scope of the images
     * @throws io.deformux.failure.JobException {@code DEVICE_OUT_OF_MEMORY}, {@code DEVICE_FAILED} or {@code NETWORK_FAILED}
     */
    NDArray forward(NDArray images);

    /**
     * Hears that logits of images that were finite are not: goes on to another way to compute, and throws what makes the scan
     * begin anew, or {@code NETWORK_FAILED}.
     */
    void reject();
}
