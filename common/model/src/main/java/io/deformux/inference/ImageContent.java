package io.deformux.inference;

import io.deformux.inference.WindowPlan.Origin;
import io.deformux.volume.Shape3;

/**
 * What an image holds under windows.
 *
 * @param image its values, (channels, shape), last axis fastest
 * @param shape its size
 * @param roi the window size
 */
record ImageContent(float[] image, Shape3 shape, Shape3 roi) {

    /** Whether the image is 0 everywhere under a window, in all channels. */
    boolean isEmpty(Origin origin) {
        for (int channel = 0; channel < image.length; channel += shape.length()) {
            if (!isEmpty(origin, channel)) {
                return false;
            }
        }
        return true;
    }

    private boolean isEmpty(Origin origin, int channel) {
        int fromK = Math.max(origin.k(), 0);
        int toK = Math.min(origin.k() + roi.w(), shape.w());
        for (int i = Math.max(origin.i(), 0); i < Math.min(origin.i() + roi.d(), shape.d()); i++) {
            for (int j = Math.max(origin.j(), 0); j < Math.min(origin.j() + roi.h(), shape.h()); j++) {
                for (int k = fromK; k < toK; k++) {
                    if (image[channel + shape.index(i, j, k)] != 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Whether all of it are numbers. */
    boolean isFinite() {
        for (float value : image) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
