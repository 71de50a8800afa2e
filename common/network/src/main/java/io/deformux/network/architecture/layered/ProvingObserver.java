package io.deformux.network.architecture.layered;

import io.deformux.network.cpu.ConvolutionLayer;
import io.deformux.network.cpu.FeatureMap;
import io.deformux.network.cpu.LayerObserver;
import io.deformux.network.kernel.DepthwisePass;
import io.deformux.network.proof.ArithmeticProof;

/** Has each convolution checked. */
record ProvingObserver(ArithmeticProof proof) implements LayerObserver {

    @Override
    public void computed(ConvolutionLayer layer, FeatureMap x, FeatureMap y) {
        proof.check(layer.plain(), x.view(), y.view());
    }

    @Override
    public void computed(DepthwisePass layer, FeatureMap x, FeatureMap y) {
        proof.check(layer, x.view(), y.view());
    }
}
