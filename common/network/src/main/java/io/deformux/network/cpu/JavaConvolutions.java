package io.deformux.network.cpu;

import ai.djl.ndarray.NDManager;
import io.deformux.network.kernel.ConvolutionPass;
import io.deformux.network.kernel.DenseConvolution;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.MapView;
import io.deformux.network.weights.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Our own convolutions, in Java and in float. PyTorch gives the memory alone. */
public final class JavaConvolutions implements Convolutions {
    private final TorchLayers torch;
    private final Kernels kernels;
    private final List<Layer> layers = new ArrayList<>();

    /** Convolutions by these kernels. */
    public JavaConvolutions(TorchLayers torch, Kernels kernels) {
        this.torch = torch;
        this.kernels = kernels;
    }

    @Override
    public ConvolutionLayer layer(DenseConvolution c) {
        Layer layer = new Layer(
                c,
                new ConvolutionPass(
                        kernels,
                        c.inputsFirst(),
                        c.bias(),
                        c.outputs(),
                        c.inputs(),
                        c.size(),
                        c.stride(),
                        c.padding()));
        layers.add(layer);
        return layer;
    }

    @Override
    public void proven() {
        layers.forEach(layer -> layer.plain = Optional.empty());
    }

    @Override
    public void close() {
        // The weights lie in the heap.
    }

    private final class Layer implements ConvolutionLayer {
        private final ConvolutionPass pass;
        /** Its weights once more, since the pass holds them in an order of its own. */
        private Optional<DenseConvolution> plain;

        Layer(DenseConvolution plain, ConvolutionPass pass) {
            this.plain = Optional.of(plain);
            this.pass = pass;
        }

        @Override
        public FeatureMap apply(FeatureMap x, NDManager scope) {
            MapView in = x.view();
            FeatureMap y = torch.blank(
                    Precision.FP32,
                    pass.voxels(in.d()),
                    pass.voxels(in.h()),
                    pass.voxels(in.w()),
                    pass.outputs(),
                    scope);
            pass.apply(in, y.view());
            return y;
        }

        @Override
        public DenseConvolution plain() {
            return plain.orElseThrow();
        }
    }
}
