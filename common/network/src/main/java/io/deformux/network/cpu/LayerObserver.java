package io.deformux.network.cpu;

import io.deformux.network.kernel.DepthwisePass;

/** Sees each convolution of a forward pass when it is done, on the thread of the pass. The maps are valid during a call only. */
public interface LayerObserver {
    /** Looks at nothing. */
    LayerObserver NOBODY = new LayerObserver() {
        @Override
        public void computed(ConvolutionLayer layer, FeatureMap x, FeatureMap y) {
            // Nobody looks.
        }

        @Override
        public void computed(DepthwisePass layer, FeatureMap x, FeatureMap y) {
            // Nobody looks.
        }
    };

    /** A layer has computed y from x. */
    void computed(ConvolutionLayer layer, FeatureMap x, FeatureMap y);

    /** Likewise a depthwise convolution. */
    void computed(DepthwisePass layer, FeatureMap x, FeatureMap y);
}
