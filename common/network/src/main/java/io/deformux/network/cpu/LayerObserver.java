package io.deformux.network.cpu;

/** Sees each convolution of a forward pass when it is done, on the thread of the pass. */
@FunctionalInterface
public interface LayerObserver {

    /** A layer has computed y from x; both maps are valid during the call only. */
    void computed(ConvolutionLayer layer, FeatureMap x, FeatureMap y);
}
