package io.deformux.network.cpu;

import io.deformux.network.kernel.DenseConvolution;

/**
 * Convolutions of many input channels by PyTorch, the others by our own kernels. Which is faster was measured layer by layer
 * (two cores of an Intel Xeon with AMX, windows of 96³, float): from 48 input channels on ours take 1.6 to 2.4 times as long
 * as PyTorch's channels last, in the deepest 3x3x3 ones 0.7 to 1; of one input channel 0.2 to 0.4 times, of 8 to 32 0.2 to 2.6
 * times, and on an AMD EPYC half as long for a network of those. Contiguous maps are PyTorch's slowest in all but the deepest
 * layers, where they save a quarter at most. So the rule is fixed, by channels: the choice must not differ from run to run,
 * since the bits would.
 */
public final class MixedConvolutions implements Convolutions {
    private static final int MANY = 48;

    private final Convolutions wide;
    private final Convolutions narrow;

    /** Closes both. */
    public MixedConvolutions(Convolutions wide, Convolutions narrow) {
        this.wide = wide;
        this.narrow = narrow;
    }

    @Override
    public ConvolutionLayer layer(DenseConvolution convolution) {
        return (convolution.inputs() < MANY ? narrow : wide).layer(convolution);
    }

    @Override
    public void proven() {
        wide.proven();
        narrow.proven();
    }

    @Override
    public void close() {
        narrow.close();
        wide.close();
    }
}
