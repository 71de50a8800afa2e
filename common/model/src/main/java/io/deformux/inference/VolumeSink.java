package io.deformux.inference;

/** Takes what a predictor finds of a volume, plane by plane: the logits of one network, or what several say together. */
public interface VolumeSink extends PlaneSink {
    /** Keeps nothing. */
    VolumeSink NONE = new VolumeSink() {
        @Override
        public void accept(int plane, float[] logits) {
            // Nothing.
        }

        @Override
        public void acceptMean(int plane, float[] probabilities, float[] entropies) {
            // Nothing.
        }
    };

    /**
     * One finished plane of an ensemble, in place of {@link #accept}.
     *
     * @param plane the index along axis 0; 0, 1, 2, ... without gaps
     * @param probabilities (classes, h, w), last axis fastest: the mean over the members of what {@link
     *     io.deformux.transform.LabelRule#probabilities} gives; valid only during this call
     * @param entropies (h, w): the mean of the members' own entropies in nats, of regions each the sum over its regions; valid
     *     only during this call
     */
    void acceptMean(int plane, float[] probabilities, float[] entropies);
}
