package io.deformux.network.architecture.layered;

import io.deformux.network.cpu.ConvolutionLayer;
import io.deformux.network.cpu.FeatureMap;
import io.deformux.network.kernel.Activation;
import io.deformux.network.kernel.ChannelAffine;
import io.deformux.network.kernel.InstanceStatistics;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.MapView;
import java.nio.FloatBuffer;
import java.util.Optional;

/** A residual block: two convolutions, and its input, through a projection if the channel counts differ. */
final class ResidualPass implements BlockPass {
    private final ConvolutionLayer first;
    private final ConvolutionLayer second;
    private final Optional<ConvolutionLayer> projection;
    private final Activation activation;
    private final InstanceStatistics statistics;

    /** A block of these convolutions, all between them by these kernels. */
    ResidualPass(
            Kernels kernels, ConvolutionLayer first, ConvolutionLayer second, Optional<ConvolutionLayer> projection) {
        this.first = first;
        this.second = second;
        this.projection = projection;
        this.activation = new Activation(kernels);
        this.statistics = new InstanceStatistics(kernels);
    }

    /** What is done with the second convolution's map and the input's, and what normalises each. */
    private interface Ending {
        void of(ChannelAffine norm, MapView other, ChannelAffine otherNorm);
    }

    @Override
    public FeatureMap apply(FeatureMap x, LayerRun run) {
        try (x) {
            FeatureMap y = branch(x, run);
            end(x, y, run, (norm, other, otherNorm) -> activation.join(y.view(), norm, other, otherNorm));
            return y;
        }
    }

    /**
     * The block as the network's last one, with the head behind it, which takes the sum without its lying in memory. Closes the
     * input.
     *
     * @param logits takes (outChannels, d, h, w) from value {@code from} on
     */
    void apply(FeatureMap x, LayerRun run, HeadPass head, FloatBuffer logits, int from) {
        try (x;
                FeatureMap y = branch(x, run)) {
            end(x, y, run, (norm, other, otherNorm) -> head.apply(y.view(), norm, other, otherNorm, logits, from));
        }
    }

    /** The two convolutions, the second one not yet normalised. */
    private FeatureMap branch(FeatureMap x, LayerRun run) {
        try (FeatureMap y = run.convolve(first, x)) {
            activation.apply(y.view(), statistics.of(y.view()));
            return run.convolve(second, y);
        }
    }

    private void end(FeatureMap x, FeatureMap y, LayerRun run, Ending ending) {
        ChannelAffine norm = statistics.of(y.view());
        if (projection.isPresent()) {
            try (FeatureMap shortcut = run.convolve(projection.get(), x)) {
                ending.of(norm, shortcut.view(), statistics.of(shortcut.view()));
            }
        } else {
            ending.of(norm, x.view(), ChannelAffine.identity(x.view().c()));
        }
    }
}
