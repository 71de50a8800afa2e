package io.deformux.inference;

import io.deformux.volume.Shape3;
import java.util.Arrays;

/** How much each voxel of a window counts where windows overlap. */
public enum Blending {
    /** Every voxel counts the same; what the reference model was validated with. */
    CONSTANT {
        @Override
        double[] profile(int size, double sigma) {
            double[] ones = new double[size];
            Arrays.fill(ones, 1);
            return ones;
        }
    },

    /**
     * MONAI 0.9: the response of its {@code GaussianFilter} to a unit impulse at voxel {@code size / 2} (integer
     * division), cut off at four sigma. Each value is the integral of the bell over one voxel. One voxel off centre
     * for an even size.
     */
    GAUSSIAN {
        @Override
        double[] profile(int size, double sigma) {
            double[] profile = new double[size];
            int centre = size / 2;
            int tail = (int) (Math.max(4 * sigma, 0.5) + 0.5);
            for (int n = Math.max(0, centre - tail); n <= Math.min(size - 1, centre + tail); n++) {
                profile[n] = bellOverVoxel(n - centre, sigma);
            }
            double peak = profile[centre];
            for (int n = 0; n < size; n++) {
                profile[n] /= peak;
            }
            return profile;
        }
    },

    /** MONAI from 1.1: the bell itself, at distances from {@code (size - 1) / 2}, so symmetric. */
    GAUSSIAN_SYMMETRIC {
        @Override
        double[] profile(int size, double sigma) {
            double[] profile = new double[size];
            for (int n = 0; n < size; n++) {
                profile[n] = bell(n - (size - 1) / 2.0, sigma);
            }
            return profile;
        }
    };

    private static final double SMALLEST = 1e-3;
    private static final int INTEGRATION_STEPS = 64;

    /** The weights along one axis before the lower bound. */
    abstract double[] profile(int size, double sigma);

    /**
     * The weights of one window, MONAI's importance map: the product of the axes' profiles, never below 1e-3 nor below
     * the smallest product that is not 0, so that the weights of a voxel never sum to 0.
     *
     * @param roi the window size
     * @param sigmaScale the bell's sigma as a part of the window size, per axis; without effect on {@link #CONSTANT}
     * @return one weight per voxel, last axis fastest
     */
    public float[] weights(Shape3 roi, double sigmaScale) {
        double[] di = profile(roi.d(), sigmaScale * roi.d());
        double[] hj = profile(roi.h(), sigmaScale * roi.h());
        double[] wk = profile(roi.w(), sigmaScale * roi.w());
        float[] weights = new float[roi.length()];
        float smallest = Float.MAX_VALUE;
        int n = 0;
        for (double a : di) {
            for (double b : hj) {
                for (double c : wk) {
                    float weight = (float) (a * b * c);
                    weights[n++] = weight;
                    if (weight > 0) {
                        smallest = Math.min(smallest, weight);
                    }
                }
            }
        }
        float bound = Math.max(smallest, (float) SMALLEST);
        for (n = 0; n < weights.length; n++) {
            weights[n] = Math.max(weights[n], bound);
        }
        return weights;
    }

    private static double bell(double x, double sigma) {
        return Math.exp(-x * x / (2 * sigma * sigma));
    }

    /** Simpson's rule over [x - 0.5, x + 0.5]: what the difference of two error functions gives, up to a factor. */
    private static double bellOverVoxel(double x, double sigma) {
        double sum = bell(x - 0.5, sigma) + bell(x + 0.5, sigma);
        for (int step = 1; step < INTEGRATION_STEPS; step++) {
            sum += (step % 2 == 1 ? 4 : 2) * bell(x - 0.5 + (double) step / INTEGRATION_STEPS, sigma);
        }
        return sum;
    }
}
