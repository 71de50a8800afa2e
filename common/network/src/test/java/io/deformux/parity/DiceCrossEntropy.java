package io.deformux.parity;

import io.deformux.network.architecture.deformux.ModuleProbe.Values;

/** The gradient of the training loss with respect to the logits, by hand: Dice over softmax plus cross entropy. */
final class DiceCrossEntropy {
    private static final double SMOOTH = 1e-5;

    private DiceCrossEntropy() {}

    /**
     * The gradient at some logits.
     *
     * @param logits (N, C, D, H, W)
     * @param labels (N, 1, D, H, W)
     */
    static Values gradient(Values logits, int[] labels) {
        int samples = logits.shape()[0];
        int classes = logits.shape()[1];
        int voxels = labels.length / samples;
        double[] gradient = new double[logits.values().length];
        for (int n = 0; n < samples; n++) {
            double[][] p = softmax(logits.values(), n, classes, voxels);
            double[][] fromDice = new double[classes][voxels];
            for (int c = 0; c < classes; c++) {
                double overlap = 0;
                double total = 0;
                for (int v = 0; v < voxels; v++) {
                    double truth = labels[n * voxels + v] == c ? 1 : 0;
                    overlap += p[c][v] * truth;
                    total += p[c][v] + truth;
                }
                for (int v = 0; v < voxels; v++) {
                    double truth = labels[n * voxels + v] == c ? 1 : 0;
                    double slope = (2 * overlap + SMOOTH) / Math.pow(total + SMOOTH, 2) - 2 * truth / (total + SMOOTH);
                    fromDice[c][v] = slope / (samples * classes);
                }
            }
            for (int v = 0; v < voxels; v++) {
                double mean = 0;
                for (int c = 0; c < classes; c++) {
                    mean += p[c][v] * fromDice[c][v];
                }
                for (int c = 0; c < classes; c++) {
                    double truth = labels[n * voxels + v] == c ? 1 : 0;
                    gradient[(n * classes + c) * voxels + v] =
                            p[c][v] * (fromDice[c][v] - mean) + (p[c][v] - truth) / labels.length;
                }
            }
        }
        return new Values(logits.shape(), gradient);
    }

    private static double[][] softmax(double[] logits, int n, int classes, int voxels) {
        double[][] p = new double[classes][voxels];
        for (int v = 0; v < voxels; v++) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                p[c][v] = Math.exp(logits[(n * classes + c) * voxels + v]);
                sum += p[c][v];
            }
            for (int c = 0; c < classes; c++) {
                p[c][v] /= sum;
            }
        }
        return p;
    }
}
