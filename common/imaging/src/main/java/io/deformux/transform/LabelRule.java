package io.deformux.transform;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How a network's values become one label. Either each channel is a label and these exclude each other: softmax, and the
 * likeliest wins, the first of equals. Or the channels from 1 on are regions, each by itself: sigmoid, and of those that are
 * likelier than not the last one's label wins (nnU-Net's regions_class_order); channel 0 then has the logit 0 everywhere, which
 * is the threshold of one half.
 *
 * @param order the label of each region, in the order of the regions; any of 0 to 255, some may have the same; empty where
 *     channels are labels
 */
public record LabelRule(List<Integer> order) {
    /** Labels that exclude each other. */
    public static final LabelRule LARGEST = new LabelRule(List.of());

    private static final int CHUNK = 4096;

    /** Keeps a copy. */
    public LabelRule {
        order = List.copyOf(order);
    }

    /** Whether channels stand for regions. */
    public boolean ofRegions() {
        return !order.isEmpty();
    }

    /** How many channels there are for that many labels, the background being one of either. */
    public int channels(int labels) {
        return ofRegions() ? order.size() + 1 : labels;
    }

    /** The label of a voxel whose winner is that channel. */
    public int labelOf(int channel) {
        return ofRegions() && channel > 0 ? order.get(channel - 1) : channel;
    }

    /** The channels that give a label, ascending; none if it is no region's, so that it can be in no result. */
    public List<Integer> channelsOf(int label) {
        if (!ofRegions() || label == 0) {
            return List.of(label);
        }
        return IntStream.rangeClosed(1, order.size())
                .filter(channel -> labelOf(channel) == label)
                .boxed()
                .toList();
    }

    /**
     * Logits into probabilities, on all cores.
     *
     * @param logits (channels, voxels)
     * @param probabilities takes (channels, voxels)
     */
    public void probabilities(float[] logits, int channels, float[] probabilities, int voxels) {
        if (!ofRegions()) {
            Softmax.overClasses(logits, channels, probabilities, voxels);
            return;
        }
        int values = Math.multiplyExact(channels, voxels);
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
     * @param values (channels, voxels), logits or probabilities
     */
    public int label(float[] values, int voxel, int channels, int voxels) {
        return labelOf(channel(values, voxel, channels, voxels));
    }

    /** The channel that wins a voxel; parameters as those of {@link #label}. */
    public int channel(float[] values, int voxel, int channels, int voxels) {
        int best = 0;
        for (int channel = 1; channel < channels; channel++) {
            int against = ofRegions() ? 0 : best;
            if (values[channel * voxels + voxel] > values[against * voxels + voxel]) {
                best = channel;
            }
        }
        return best;
    }
}
