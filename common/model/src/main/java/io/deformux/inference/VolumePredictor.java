package io.deformux.inference;

import io.deformux.volume.Shape3;

/** Predicts whole images, plane by plane. One thread at a time. */
public interface VolumePredictor extends AutoCloseable {

    /**
     * Predicts a whole image.
     *
     * @param image the preprocessed values, last axis fastest
     * @param shape the size of the image, which may be smaller than a window
     * @param sink takes every plane of the image once, in order, of one network by {@link VolumeSink#accept} and of several by
     *     {@link VolumeSink#acceptMean}
     * @param progress hears of every batch of windows that is done
     * @throws io.deformux.failure.JobException {@code JOB_CANCELLED} if the thread is interrupted, seen before each prediction;
     *     the interrupt status is cleared. {@code DEVICE_OUT_OF_MEMORY} if there is too little memory for one window
     * @throws io.deformux.network.ArithmeticChangedException if the image has to be predicted anew, from its first plane
     */
    void run(float[] image, Shape3 shape, VolumeSink sink, WindowProgress progress);

    /** Frees what it holds on a device; the networks stay. */
    @Override
    default void close() {
        // Most hold nothing.
    }
}
