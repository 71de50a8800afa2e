package io.deformux.network;

import ai.djl.ndarray.NDManager;
import io.deformux.network.kernel.ConvolutionPass;
import io.deformux.network.kernel.DenseConvolution;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.MapView;

/** Our own convolutions, in Java and in float. PyTorch gives the memory alone. */
final class JavaConvolutions implements Convolutions {
    private final TorchLayers torch;
    private final Kernels kernels;

    /** Convolutions by these kernels. */
    JavaConvolutions(TorchLayers torch, Kernels kernels) {
        this.torch = torch;
        this.kernels = kernels;
    }

    @Override
    public ConvolutionLayer layer(DenseConvolution c) {
        return new Layer(
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
    }

    @Override
    public void close() {
        // The weights lie in the heap.
    }

    private final class Layer implements ConvolutionLayer {
        private final DenseConvolution plain;
        private final ConvolutionPass pass;

        Layer(DenseConvolution plain, ConvolutionPass pass) {
            this.plain = plain;
            this.pass = pass;
        }

        @Override
        public FeatureMap apply(FeatureMap x, NDManager scope) {
            MapView in = x.view();
            FeatureMap y = torch.blank(
                    Precision.FP32,
                    plain.voxels(in.d()),
                    plain.voxels(in.h()),
                    plain.voxels(in.w()),
                    plain.outputs(),
                    scope);
            pass.apply(in, y.view());
            return y;
        }

        @Override
        public DenseConvolution plain() {
            return plain;
        }
    }
}
