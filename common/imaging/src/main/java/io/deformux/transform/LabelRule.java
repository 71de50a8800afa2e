package io.deformux.transform;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How the values that a network has for each label become one label. Either the labels exclude each other: softmax, and the
 * likeliest wins, the first of equals. Or those from 1 on stand for regions, each by itself: sigmoid, and of those that are
 * likelier than not the last in an order wins (nnU-Net's regions_class_order); label 0 then has the logit 0 everywhere, which
 * is the threshold of one half.
 *
 * @param order the labels of regions; empty where labels exclude each other
 */
public record LabelRule(List<Integer> order) {
    /** Labels that exclude each other. */
    public static final LabelRule LARGEST = new LabelRule(List.of());

    private static final int CHUNK = 4096;

    /** Keeps a copy. */
    public LabelRule {
        order = List.copyOf(order);
    }

    /** Whether labels stand for regions. */
    public boolean ofRegions() {
        return !order.isEmpty();
    }

    /**
     * Logits into probabilities, on all cores.
     *
     * @param logits (labels, voxels)
     * @param probabilities takes (labels, voxels)
     */
    public void probabilities(float[] logits, int labels, float[] probabilities, int voxels) {
        if (!ofRegions()) {
            Softmax.overClasses(logits, labels, probabilities, voxels);
            return;
        }
        int values = Math.multiplyExact(labels, voxels);
        IntStream.range(0, (values + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
            for (int n = chunk * CHUNK; n < Math.min(values, (chunk + 1) * CHUNK); n++) {
                probabilities[n] = (float) sigmoid(logits[n]);
            }
        });
    }

    /** The probability of a region that has this logit. */
    public static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /**
     * The label of a voxel.
     *
     * @param values (labels, voxels), logits or probabilities
     */
    public int label(float[] values, int voxel, int labels, int voxels) {
        int best = 0;
        if (ofRegions()) {
            for (int label : order) {
                if (values[label * voxels + voxel] > values[voxel]) {
                    best = label;
                }
            }
            return best;
        }
        for (int label = 1; label < labels; label++) {
            if (values[label * voxels + voxel] > values[best * voxels + voxel]) {
                best = label;
            }
        }
        return best;
    }
}
