package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.architecture.blocks.EncoderDecoder.Sizes;
import io.deformux.network.architecture.blocks.EncoderDecoderShapes;
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

    @Override
    public DeformUxNetConfig configured(int inChannels, int outChannels, NetworkSettings settings) {
        settings.requireOnly("featureSizes", "depths", "hidden", "offsetKernel");
        return DeformUxNetConfig.of(Sizes.of(inChannels, outChannels, settings), settings.integer("offsetKernel", 3));
    }

    /**
     * As {@link Architecture#configOf} says.
     *
     * <p>The published code writes the convolution that predicts the offsets with kernel 1 and padding 1, and then reads its
     * larger map as if it were not padded; each offset so belongs to another place. Weights trained that way are told by
     * their kernel of 1, and are run with padding 0 here: their labels can differ from what that code gives.
     */
    @Override
    public DeformUxNetConfig configOf(Weights weights, NetworkSettings given) {
        EncoderDecoder<DeformableModules> published =
                DeformUxNetConfig.published(2).encoderDecoder();
        EncoderDecoderShapes shapes = new EncoderDecoderShapes(published, weights);
        return DeformUxNetConfig.of(
                shapes.sizes(),
                shapes.size(published.stages().get(0).blocks().get(0).offsets(), 2));
    }
}
