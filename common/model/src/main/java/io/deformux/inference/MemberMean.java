package io.deformux.inference;

import io.deformux.transform.LabelRule;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Averages the members of an {@link EnsemblePredictor}: softmax over the classes of each member (sigmoid of regions), then the
 * mean of the probabilities over the members. One thread drives it; the work is spread over the common pool.
 */
public final class MemberMean implements PlaneSink {
    private static final int CHUNK = 4096;

    private final int members;
    private final int classes;
    private final LabelRule rule;
    private final PlaneSink probabilities;
    private float[] mean = new float[0];

    /**
     * A mean over {@code members} members.
     *
     * @param classes the classes of each member
     * @param probabilities takes (classes, h, w) planes that sum to 1 over the classes; valid only during the call
     */
    public MemberMean(int members, int classes, PlaneSink probabilities) {
        this(members, classes, LabelRule.LARGEST, probabilities);
    }

    /** The same of classes that become labels by another rule. */
    MemberMean(int members, int classes, LabelRule rule, PlaneSink probabilities) {
        this.rule = Objects.requireNonNull(rule, "rule");
        this.members = members;
        this.classes = classes;
        this.probabilities = Objects.requireNonNull(probabilities, "probabilities");
    }

    /** One plane of (members x classes, h, w) logits. */
    @Override
    public void accept(int plane, float[] logits) {
        int voxels = logits.length / (members * classes);
        if (mean.length != voxels * classes) {
            mean = new float[voxels * classes];
        }
        int chunks = (voxels + CHUNK - 1) / CHUNK;
        IntStream.range(0, chunks)
                .parallel()
                .forEach(c -> average(logits, voxels, c * CHUNK, Math.min(voxels, (c + 1) * CHUNK)));
        probabilities.accept(plane, mean);
    }

    private void average(float[] logits, int voxels, int from, int to) {
        if (rule.ofRegions()) {
            averageRegions(logits, voxels, from, to);
            return;
        }
        double[] exp = new double[classes];
        for (int v = from; v < to; v++) {
            for (int c = 0; c < classes; c++) {
                mean[c * voxels + v] = 0;
            }
            for (int m = 0; m < members; m++) {
                int first = m * classes * voxels + v;
                float largest = Float.NEGATIVE_INFINITY;
                for (int c = 0; c < classes; c++) {
                    largest = Math.max(largest, logits[first + c * voxels]);
                }
                double sum = 0;
                for (int c = 0; c < classes; c++) {
                    exp[c] = Math.exp(logits[first + c * voxels] - largest);
                    sum += exp[c];
                }
                for (int c = 0; c < classes; c++) {
                    mean[c * voxels + v] += (float) (exp[c] / (sum * members));
                }
            }
        }
    }

    private void averageRegions(float[] logits, int voxels, int from, int to) {
        for (int c = 0; c < classes; c++) {
            for (int v = from; v < to; v++) {
                double sum = 0;
                for (int m = 0; m < members; m++) {
                    sum += LabelRule.sigmoid(logits[(m * classes + c) * voxels + v]);
                }
                mean[c * voxels + v] = (float) (sum / members);
            }
        }
    }
}
