package io.deformux.network.proof;

import java.util.stream.IntStream;

/**
 * Some outputs of a layer that computes dot products, and all that they were computed from. Groups divide inputs and outputs
 * evenly; an output sees its own group's inputs only. The arrays are held, not copied.
 *
 * @param name what the layer is, for logs
 * @param weight (outputs, terms)
 * @param bias one value per output, or none
 * @param groups how many
 * @param inputs per sample groups x terms values
 * @param values per sample what the layer computed, one value per output
 */
record LayerSamples(String name, float[] weight, float[] bias, int groups, double[][] inputs, float[][] values) {
    /** Samples whose sums run side by side, so that no addition waits for the one before it. */
    private static final int SIDE = 4;

    /** Checks the lengths. */
    LayerSamples {
        int outputs = values[0].length;
        int terms = inputs[0].length / groups;
        if (inputs.length != values.length
                || weight.length != outputs * terms
                || bias.length != 0 && bias.length != outputs
                || outputs % groups != 0) {
            throw new IllegalArgumentException(name + ": " + weight.length + " weights for " + outputs + " outputs of "
                    + terms + " terms in " + groups + " groups");
        }
    }

    /**
     * The worst error, relative to the exact value or, where terms cancel, to the root of the sum of their squares: what
     * rounding errors are proportional to. Infinite if a value is not finite. Spread over the common pool.
     */
    double worst() {
        return IntStream.range(0, values[0].length)
                .parallel()
                .mapToDouble(this::worst)
                .max()
                .orElse(0);
    }

    private double worst(int output) {
        int terms = inputs[0].length / groups;
        int group = output / (values[0].length / groups);
        double offset = bias.length == 0 ? 0 : bias[output];
        double[] sums = new double[2 * SIDE];
        double worst = 0;
        for (int s = 0; s < values.length; s += SIDE) {
            sum(output * terms, group * terms, terms, s, sums);
            for (int i = 0; i < SIDE && s + i < values.length; i++) {
                double exact = sums[i] + offset;
                double scale = Math.max(Math.abs(exact), Math.sqrt(sums[SIDE + i] + offset * offset));
                double error = Math.abs(values[s + i][output] - exact);
                if (error != 0) {
                    double relative = error / scale;
                    worst = Math.max(worst, Double.isNaN(relative) ? Double.POSITIVE_INFINITY : relative);
                }
            }
        }
        return worst;
    }

    /** The sums of {@link #SIDE} samples' terms, then the sums of their squares; the last sample fills up. */
    private void sum(int row, int from, int terms, int first, double[] sums) {
        double[] p0 = input(first);
        double[] p1 = input(first + 1);
        double[] p2 = input(first + 2);
        double[] p3 = input(first + 3);
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double q0 = 0;
        double q1 = 0;
        double q2 = 0;
        double q3 = 0;
        for (int k = 0; k < terms; k++) {
            double w = weight[row + k];
            double t0 = w * p0[from + k];
            double t1 = w * p1[from + k];
            double t2 = w * p2[from + k];
            double t3 = w * p3[from + k];
            s0 += t0;
            s1 += t1;
            s2 += t2;
            s3 += t3;
            q0 += t0 * t0;
            q1 += t1 * t1;
            q2 += t2 * t2;
            q3 += t3 * t3;
        }
        sums[0] = s0;
        sums[1] = s1;
        sums[2] = s2;
        sums[3] = s3;
        sums[SIDE] = q0;
        sums[SIDE + 1] = q1;
        sums[SIDE + 2] = q2;
        sums[SIDE + 3] = q3;
    }

    private double[] input(int sample) {
        return inputs[Math.min(sample, inputs.length - 1)];
    }
}
