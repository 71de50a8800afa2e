package io.deformux.network.architecture.repuxnet;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.architecture.blocks.EncoderDecoder.Sizes;
import io.deformux.network.architecture.blocks.EncoderDecoderShapes;
import io.deformux.network.weights.Weights;

/** 3D RepUX-Net as an architecture; the published one is {@link RepUxNetConfig#published}. */
public final class RepUxNet implements Architecture<RepUxNetConfig> {
    /** The only one. */
    public static final RepUxNet ARCHITECTURE = new RepUxNet();

    private RepUxNet() {}

    @Override
    public String name() {
        return "repux-net";
    }

    @Override
    public RepUxNetConfig configured(int inChannels, int outChannels, NetworkSettings settings) {
        settings.requireOnly("featureSizes", "depths", "hidden", "kernel", "frequencyScaling");
        Sizes sizes = Sizes.of(inChannels, outChannels, settings);
        return new RepUxNetConfig(sizes, settings.integer("kernel", 21), scaling(settings));
    }

    private static double scaling(NetworkSettings settings) {
        return settings.number("frequencyScaling", 1);
    }

    /** The scaling leaves no trace in shapes. */
    @Override
    public RepUxNetConfig configOf(Weights weights, NetworkSettings given) {
        EncoderDecoder<RepUxBlockModules> published =
                RepUxNetConfig.published(2).encoderDecoder();
        EncoderDecoderShapes shapes = new EncoderDecoderShapes(published, weights);
        int kernel = shapes.size(published.stages().get(0).blocks().get(0).depthwise(), 2);
        return new RepUxNetConfig(shapes.sizes(), kernel, scaling(given));
    }

    /** Without the counters of the batch norms. */
    @Override
    public Weights imported(Weights checkpoint) {
        return checkpoint.without(name -> name.endsWith(".num_batches_tracked"));
    }
}
