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
    /** The largest entropy that there can be, in nats. */
    private final double most;

    private boolean ofEnsemble;
    private float[] entropies = new float[0];
    private float[] disagreements = new float[0];

    /** Sums for so many labels, background among them. */
    public DoubtSums(int labels) {
        this(labels, LabelRule.LARGEST);
    }

    /** The same where labels are made by another rule; of regions entropy and disagreement are means of each by itself. */
    public DoubtSums(int labels, LabelRule rule) {
        this.labels = labels;
        this.channels = rule.channels(labels);
        this.rule = rule;
        this.all = new Sums(labels);
        this.most = rule.ofRegions() ? Math.log(2) * Math.max(1, channels - 1) : Math.log(Math.max(2, channels));
    }

    /** By label: voxels, probabilities, entropies and disagreements. */
    private record Sums(long[] voxels, double[] probability, double[] entropy, double[] disagreement) {
        Sums(int labels) {
            this(new long[labels], new double[labels], new double[labels], new double[labels]);
        }

        void add(Sums other) {
            for (int c = 0; c < voxels.length; c++) {
                voxels[c] += other.voxels[c];
                probability[c] += other.probability[c];
                entropy[c] += other.entropy[c];
                disagreement[c] += other.disagreement[c];
            }
        }
    }

    /**
     * Takes a plane of one network.
     *
     * @param probabilities (channels, voxels)
     */
    public DoubtPlane accept(float[] probabilities) {
        add(probabilities, Optional.empty());
        return new DoubtPlane(entropies, Optional.empty());
    }

    /**
     * Takes a plane of an ensemble, of which then all planes are.
     *
     * @param probabilities (channels, voxels), the means over the members
     * @param memberEntropies (voxels), the mean of the members' entropies in nats, of regions each the sum over these
     */
    public DoubtPlane accept(float[] probabilities, float[] memberEntropies) {
        ofEnsemble = true;
        add(probabilities, Optional.of(memberEntropies));
        return new DoubtPlane(entropies, Optional.of(disagreements));
    }

    private void add(float[] probabilities, Optional<float[]> memberEntropies) {
        int voxels = probabilities.length / channels;
        if (entropies.length != voxels) {
            entropies = new float[voxels];
            disagreements = new float[memberEntropies.isPresent() ? voxels : 0];
        }
        List<Sums> parts = IntStream.range(0, (voxels + CHUNK - 1) / CHUNK)
                .parallel()
                .mapToObj(
                        n -> sums(probabilities, memberEntropies, voxels, n * CHUNK, Math.min(voxels, (n + 1) * CHUNK)))
                .toList();
        parts.forEach(all::add);
    }

    private Sums sums(float[] probabilities, Optional<float[]> memberEntropies, int voxels, int from, int to) {
        Sums sums = new Sums(labels);
        for (int v = from; v < to; v++) {
            int channel = rule.channel(probabilities, v, channels, voxels);
            int label = rule.labelOf(channel);
            double nats = rule.ofRegions() ? natsOfRegions(probabilities, v, voxels) : nats(probabilities, v, voxels);
            entropies[v] = share(nats);
            sums.voxels[label]++;
            sums.probability[label] += confidence(probabilities, channel, v, voxels);
            sums.entropy[label] += entropies[v];
            if (memberEntropies.isPresent()) {
                disagreements[v] = share(nats - memberEntropies.get()[v]);
                sums.disagreement[label] += disagreements[v];
            }
        }
        return sums;
    }

    /** Of the largest entropy that there can be; what rounding leaves below 0 or above is cut. */
    private float share(double nats) {
        return (float) Math.min(1, Math.max(0, nats / most));
    }

    private double nats(float[] probabilities, int v, int voxels) {
        double nats = 0;
        for (int c = 0; c < channels; c++) {
            nats += nats(probabilities[c * voxels + v]);
        }
        return nats;
    }

    private double natsOfRegions(float[] probabilities, int v, int voxels) {
        double nats = 0;
        for (int c = 1; c < channels; c++) {
            double p = probabilities[c * voxels + v];
            nats += nats(p) + nats(1 - p);
        }
        return nats;
    }

    private static double nats(double p) {
        return p > LIKELY ? -p * Math.log(p) : 0;
    }

    /** The probability of the channel that won, or where there is no region that of none. */
    private double confidence(float[] probabilities, int channel, int v, int voxels) {
        if (!rule.ofRegions() || channel != 0) {
            return Math.min(1, probabilities[channel * voxels + v]);
        }
        double none = 1;
        for (int c = 1; c < channels; c++) {
            none = Math.min(none, 1 - (double) probabilities[c * voxels + v]);
        }
        return none;
    }

    /** Whether planes of an ensemble came. */
    boolean ofEnsemble() {
        return ofEnsemble;
    }

    /** Of a label; nothing if it was nowhere the likeliest. */
    public Optional<LabelDoubt> of(int label) {
        long voxels = all.voxels[label];
        return voxels == 0
                ? Optional.empty()
                : Optional.of(new LabelDoubt(
                        all.probability[label] / voxels,
                        all.entropy[label] / voxels,
                        ofEnsemble ? Optional.of(all.disagreement[label] / voxels) : Optional.empty()));
    }
}
