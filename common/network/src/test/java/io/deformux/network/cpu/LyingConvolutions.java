package io.deformux.network.cpu;

import ai.djl.ndarray.NDManager;
import io.deformux.network.kernel.DenseConvolution;
import java.util.function.Consumer;

/** Convolutions that are right but for what somebody does to the result of one layer. */
public final class LyingConvolutions implements Convolutions {
    private final Convolutions right;
    private final String layer;
    private final Consumer<FeatureMap> lie;

    /** @param layer the name of the layer that lies */
    public LyingConvolutions(Convolutions right, String layer, Consumer<FeatureMap> lie) {
        this.right = right;
        this.layer = layer;
        this.lie = lie;
    }

    @Override
    public ConvolutionLayer layer(DenseConvolution convolution) {
        ConvolutionLayer honest = right.layer(convolution);
        if (!convolution.name().equals(layer)) {
            return honest;
        }
        return new ConvolutionLayer() {
            @Override
            public FeatureMap apply(FeatureMap x, NDManager scope) {
                FeatureMap y = honest.apply(x, scope);
                lie.accept(y);
                return y;
            }

            @Override
            public DenseConvolution plain() {
                return honest.plain();
            }
        };
    }

    @Override
    public void close() {
        right.close();
    }
}
