package io.deformux.network.architecture.uxnet;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.architecture.blocks.EncoderDecoder.Sizes;
import io.deformux.network.architecture.blocks.EncoderDecoderShapes;
import io.deformux.network.weights.Weights;

/** 3D UX-Net as an architecture; the published one is {@link UxNetConfig#published}. */
public final class UxNet implements Architecture<UxNetConfig> {
    /** The only one. */
    public static final UxNet ARCHITECTURE = new UxNet();

    private UxNet() {}

    @Override
    public String name() {
        return "ux-net";
    }

    @Override
    public UxNetConfig configured(int inChannels, int outChannels, NetworkSettings settings) {
        settings.requireOnly("featureSizes", "depths", "hidden", "kernel");
        return new UxNetConfig(Sizes.of(inChannels, outChannels, settings), settings.integer("kernel", 7));
    }

    @Override
    public UxNetConfig configOf(Weights weights, NetworkSettings given) {
        EncoderDecoder<UxBlockModules> published = UxNetConfig.published(2).encoderDecoder();
        EncoderDecoderShapes shapes = new EncoderDecoderShapes(published, weights);
        return new UxNetConfig(
                shapes.sizes(),
                shapes.size(published.stages().get(0).blocks().get(0).depthwise(), 2));
    }
}
