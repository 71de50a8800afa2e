package io.deformux.inference;

import io.deformux.transform.LabelRule;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Averages the members of an {@link EnsemblePredictor}: softmax over the classes of each member (sigmoid of regions), then the
 * mean of the probabilities over the members, and beside it the mean of each member's entropy. One thread drives it; the work
 * is spread over the common pool.
 *
 * <p>The entropy of a softmax is ln(sum e^x) - sum p x, with x the logits less the largest of them: one logarithm a voxel and
 * member. That of a region with the logit x is ln(1 + e^-|x|) + |x| / (1 + e^|x|).
 */
public final class MemberMean implements PlaneSink {
    private static final int CHUNK = 4096;

    private final int members;
    private final int classes;
    private final LabelRule rule;
    private final VolumeSink sink;
    private float[] mean = new float[0];
    private float[] entropies = new float[0];

    /**
     * A mean over {@code members} members.
     *
     * @param classes the classes of each member
     * @param sink takes the means; those of probabilities sum to 1 over the classes
     */
    public MemberMean(int members, int classes, VolumeSink sink) {
        this(members, classes, LabelRule.LARGEST, sink);
    }

    /** The same of classes that become labels by another rule. */
    MemberMean(int members, int classes, LabelRule rule, VolumeSink sink) {
        this.rule = Objects.requireNonNull(rule, "rule");
        this.members = members;
        this.classes = classes;
        this.sink = Objects.requireNonNull(sink, "sink");
    }

    /** One plane of (members x classes, h, w) logits. */
    @Override
    public void accept(int plane, float[] logits) {
        int voxels = logits.length / (members * classes);
        if (entropies.length != voxels) {
            mean = new float[voxels * classes];
            entropies = new float[voxels];
        }
        int chunks = (voxels + CHUNK - 1) / CHUNK;
        IntStream.range(0, chunks)
                .parallel()
                .forEach(c -> average(logits, voxels, c * CHUNK, Math.min(voxels, (c + 1) * CHUNK)));
        sink.acceptMean(plane, mean, entropies);
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
            double entropy = 0;
            for (int m = 0; m < members; m++) {
                int first = m * classes * voxels + v;
                float largest = Float.NEGATIVE_INFINITY;
                for (int c = 0; c < classes; c++) {
                    largest = Math.max(largest, logits[first + c * voxels]);
                }
                double sum = 0;
                double weighted = 0;
                for (int c = 0; c < classes; c++) {
                    float below = logits[first + c * voxels] - largest;
                    exp[c] = Math.exp(below);
                    sum += exp[c];
                    weighted += exp[c] == 0 ? 0 : exp[c] * below; // may be infinite where the other is 0
                }
                for (int c = 0; c < classes; c++) {
                    mean[c * voxels + v] += (float) (exp[c] / (sum * members));
                }
                entropy += Math.log(sum) - weighted / sum;
            }
            entropies[v] = (float) (entropy / members);
        }
    }

    private void averageRegions(float[] logits, int voxels, int from, int to) {
        Arrays.fill(entropies, from, to, 0);
        for (int c = 0; c < classes; c++) {
            for (int v = from; v < to; v++) {
                double sum = 0;
                double entropy = 0;
                for (int m = 0; m < members; m++) {
                    float logit = logits[(m * classes + c) * voxels + v];
                    sum += LabelRule.sigmoid(logit);
                    entropy += c == 0 ? 0 : entropyOfRegion(Math.abs((double) logit)); // label 0 is no region
                }
                mean[c * voxels + v] = (float) (sum / members);
                entropies[v] += (float) (entropy / members);
            }
        }
    }

    private static double entropyOfRegion(double distance) {
        return Math.log1p(Math.exp(-distance)) + distance * LabelRule.sigmoid(-distance);
    }
}
