package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.weights.Weights;

/** DeformUX-Net as an architecture. */
public final class DeformUxNet implements Architecture<DeformUxNetConfig> {
    /** The only one. */
    public static final DeformUxNet ARCHITECTURE = new DeformUxNet();

    private DeformUxNet() {}

    @Override
    public String name() {
        return "deform-uxnet";
    }

    /**
     * As {@link Architecture#configOf} says.
     *
     * <p>The published code writes the convolution that predicts the offsets with kernel 1 and padding 1, and then reads its
     * larger map as if it were not padded; each offset so belongs to another place. Weights trained that way are told by
     * their kernel of 1, and are run with padding 0 here: their labels can differ from what that code gives.
     */
    @Override
    public DeformUxNetConfig configOf(Weights weights) {
        return new ConfigFromShapes(weights).config();
    }
}
