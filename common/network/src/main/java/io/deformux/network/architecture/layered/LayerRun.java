package io.deformux.network.architecture.layered;

import ai.djl.ndarray.NDManager;
import io.deformux.network.cpu.ConvolutionLayer;
import io.deformux.network.cpu.FeatureMap;
import io.deformux.network.cpu.LayerObserver;
import io.deformux.network.cpu.TorchLayers;
import io.deformux.network.kernel.DepthwisePass;
import io.deformux.network.kernel.DoublingPass;
import java.util.List;

/** The convolutions and the maps of one forward pass. One thread. */
public final class LayerRun {
    private final TorchLayers torch;
    private final LayerObserver observer;
    private final NDManager scope;
    private long convolutionNanos;

    /** A pass whose maps live in {@code scope}. */
    LayerRun(TorchLayers torch, LayerObserver observer, NDManager scope) {
        this.torch = torch;
        this.observer = observer;
        this.scope = scope;
    }

    /** Convolves; the result belongs to the caller. */
    public FeatureMap convolve(ConvolutionLayer layer, FeatureMap x) {
        long start = System.nanoTime();
        FeatureMap y = layer.apply(x, scope);
        convolutionNanos += System.nanoTime() - start;
        observer.computed(layer, x, y);
        return y;
    }

    /** The same for a depthwise convolution. */
    public FeatureMap convolve(DepthwisePass layer, FeatureMap x) {
        long start = System.nanoTime();
        FeatureMap y = blank(x, layer.channels());
        layer.apply(x.view(), y.view());
        convolutionNanos += System.nanoTime() - start;
        observer.computed(layer, x, y);
        return y;
    }

    /** The hidden states of an image; their time counts whole, since nothing here can make it less. */
    List<FeatureMap> states(TransformerPass transformer, FeatureMap image) {
        long start = System.nanoTime();
        List<FeatureMap> states = transformer.states(image);
        convolutionNanos += System.nanoTime() - start;
        return states;
    }

    /** A map on the grid of another one and in its number format, values not set. */
    public FeatureMap blank(FeatureMap grid, int channels) {
        return torch.blank(
                grid.precision(), grid.view().d(), grid.view().h(), grid.view().w(), channels, scope);
    }

    /** Twice as many voxels along each axis with an eighth of the channels, values not set. */
    FeatureMap doubled(FeatureMap x) {
        return torch.blank(
                x.precision(),
                2 * x.view().d(),
                2 * x.view().h(),
                2 * x.view().w(),
                x.view().c() / DoublingPass.CHILDREN,
                scope);
    }

    /** How long convolutions and a transformer have taken, in ns. */
    long convolutionNanos() {
        return convolutionNanos;
    }
}
