package io.deformux.network.architecture.transbts;

import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;

/** TransBTS as an architecture; the published one is {@link TransBtsConfig#published}. */
public final class TransBts implements Architecture<TransBtsConfig> {
    /** The only one. */
    public static final TransBts ARCHITECTURE = new TransBts();

    private static final String ATTENTION = "transformer.net.%d.fn.fn.qkv.weight";

    private TransBts() {}

    @Override
    public String name() {
        return "trans-bts";
    }

    @Override
    public TransBtsConfig configured(int inChannels, int outChannels, NetworkSettings settings) {
        settings.requireOnly("imageSize", "embedding", "heads", "layers", "hidden");
        return new TransBtsConfig(
                inChannels,
                outChannels,
                settings.integer("imageSize", 96),
                settings.integer("embedding", 512),
                settings.integer("heads", 8),
                settings.integer("layers", 4),
                settings.integer("hidden", 4096));
    }

    /** The number of heads leaves no trace in shapes. */
    @Override
    public TransBtsConfig configOf(Weights weights, NetworkSettings given) {
        TransBtsConfig otherwise = configured(1, 2, given);
        int layers = 0;
        while (weights.tensors().containsKey(ATTENTION.formatted(2 * layers))) {
            layers++;
        }
        Tensor positions = weights.tensors().get("position_encoding.position_embeddings");
        return new TransBtsConfig(
                size(weights, "Unet.InitConv.conv.weight", 1, otherwise.inChannels()),
                size(weights, "endconv.weight", 0, otherwise.outChannels()),
                positions == null || positions.shape().length != 3
                        ? otherwise.imageSize()
                        : TransBtsConfig.STRIDE
                                * (int) Math.round(Math.cbrt(positions.shape()[1])),
                size(weights, "conv_x.weight", 0, otherwise.embedding()),
                otherwise.heads(),
                layers == 0 ? otherwise.layers() : layers,
                size(weights, "transformer.net.1.fn.fn.net.0.weight", 0, otherwise.hidden()));
    }

    private static int size(Weights weights, String name, int axis, int otherwise) {
        Tensor tensor = weights.tensors().get(name);
        return tensor == null || tensor.shape().length <= axis ? otherwise : tensor.shape()[axis];
    }

    /** Without the counters of the batch norms. */
    @Override
    public Weights imported(Weights checkpoint) {
        return checkpoint.without(name -> name.endsWith(".num_batches_tracked"));
    }
}
