package io.deformux.worker.infer.probability;

import io.deformux.transform.LabelRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Sums of how sure the network was of each label, plane by plane. The same planes give the same sums to the last bit. One
 * thread drives it; the work is spread over the common pool.
 */
public final class DoubtSums {
    private static final int CHUNK = 4096;

    /** What is less likely adds less than 10^-5 to an entropy. */
    private static final float LIKELY = 1e-7f;

    private final int labels;
    private final int channels;
    private final LabelRule rule;
    private final Sums all;
    private float[] entropy = new float[0];

    /** Sums for so many labels, background among them. */
    public DoubtSums(int labels) {
        this(labels, LabelRule.LARGEST);
    }

    /** The same where labels are made by another rule; of regions the entropy is the mean of each by itself. */
    public DoubtSums(int labels, LabelRule rule) {
        this.labels = labels;
        this.channels = rule.channels(labels);
        this.rule = rule;
        this.all = new Sums(labels);
    }

    /** By label: voxels, probabilities and entropies. */
    private record Sums(long[] voxels, double[] probability, double[] entropy) {
        Sums(int labels) {
            this(new long[labels], new double[labels], new double[labels]);
        }

        void add(Sums other) {
            for (int c = 0; c < voxels.length; c++) {
                voxels[c] += other.voxels[c];
                probability[c] += other.probability[c];
                entropy[c] += other.entropy[c];
            }
        }
    }

    /**
     * Takes a plane.
     *
     * @param probabilities (channels, voxels)
     * @return the entropy of each voxel over the largest that there can be, 0 to 1; valid until the next plane
     */
    public float[] accept(float[] probabilities) {
        int voxels = probabilities.length / channels;
        if (entropy.length != voxels) {
            entropy = new float[voxels];
        }
        List<Sums> parts = IntStream.range(0, (voxels + CHUNK - 1) / CHUNK)
                .parallel()
                .mapToObj(n -> sums(probabilities, voxels, n * CHUNK, Math.min(voxels, (n + 1) * CHUNK)))
                .toList();
        parts.forEach(all::add);
        return entropy;
    }

    private Sums sums(float[] probabilities, int voxels, int from, int to) {
        if (rule.ofRegions()) {
            return sumsOfRegions(probabilities, voxels, from, to);
        }
        Sums sums = new Sums(labels);
        double most = Math.log(Math.max(2, channels));
        for (int v = from; v < to; v++) {
            int label = 0;
            double bits = 0;
            for (int c = 0; c < channels; c++) {
                float p = probabilities[c * voxels + v];
                if (p > probabilities[label * voxels + v]) {
                    label = c;
                }
                if (p > LIKELY) {
                    bits -= p * Math.log(p);
                }
            }
            entropy[v] = (float) Math.min(1, Math.max(0, bits / most));
            sums.voxels[label]++;
            sums.probability[label] += Math.min(1, probabilities[label * voxels + v]);
            sums.entropy[label] += entropy[v];
        }
        return sums;
    }

    private Sums sumsOfRegions(float[] probabilities, int voxels, int from, int to) {
        Sums sums = new Sums(labels);
        for (int v = from; v < to; v++) {
            int channel = rule.channel(probabilities, v, channels, voxels);
            int label = rule.labelOf(channel);
            double bits = 0;
            double none = 1;
            for (int c = 1; c < channels; c++) {
                double p = probabilities[c * voxels + v];
                bits -= (p > LIKELY ? p * Math.log(p) : 0) + (1 - p > LIKELY ? (1 - p) * Math.log(1 - p) : 0);
                none = Math.min(none, 1 - p);
            }
            entropy[v] = (float) Math.min(1, bits / (Math.log(2) * Math.max(1, channels - 1)));
            sums.voxels[label]++;
            sums.probability[label] += channel == 0 ? none : probabilities[channel * voxels + v];
            sums.entropy[label] += entropy[v];
        }
        return sums;
    }

    /** Of a label; nothing if it was nowhere the likeliest. */
    public Optional<LabelDoubt> of(int label) {
        long voxels = all.voxels[label];
        return voxels == 0
                ? Optional.empty()
                : Optional.of(new LabelDoubt(all.probability[label] / voxels, all.entropy[label] / voxels));
    }
}
