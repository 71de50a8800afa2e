package io.deformux.network.architecture.layered;

import io.deformux.network.architecture.layered.CpuLayers.DecodingLevel;
import io.deformux.network.architecture.layered.CpuLayers.Residual;
import io.deformux.network.architecture.layered.CpuLayers.Stage;
import io.deformux.network.cpu.FeatureMap;
import io.deformux.network.kernel.Activation;
import io.deformux.network.kernel.ChannelAffine;
import io.deformux.network.kernel.DoublingPass;
import io.deformux.network.kernel.InstanceStatistics;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.kernel.LayerNormPass;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The forward pass of one image on a CPU, layer by layer: convolutions by whoever computes them, all between them in Java, on maps that
 * lie channels last so that neither side ever copies to please the other. The twin of {@code encoder_decoder.py}. One thread;
 * the work inside is spread over all cores.
 */
final class CpuForward {
    private final CpuLayers layers;
    private final LayerRun run;
    private final Activation activation;
    private final InstanceStatistics statistics;
    private final DoublingPass doubling = new DoublingPass();

    /** A pass of these layers. */
    CpuForward(CpuLayers layers, Kernels kernels, LayerRun run) {
        this.layers = layers;
        this.run = run;
        this.activation = new Activation(kernels);
        this.statistics = new InstanceStatistics(kernels);
    }

    /**
     * Predicts.
     *
     * @param image (d, h, w, inChannels), closed when it is no longer needed
     * @param logits takes (outChannels, d, h, w) from value {@code first} on
     */
    void run(FeatureMap image, FloatBuffer logits, int first) {
        List<FeatureMap> skips = backbone(image);
        skips.add(0, image);
        FeatureMap x = residual(layers.encoders().get(4), skips.get(4));
        for (int level = 4; level >= 1; level--) {
            // Large maps are made as late as possible.
            FeatureMap skip = residual(layers.encoders().get(level - 1), skips.get(level - 1));
            x = decode(layers.decoders().get(4 - level), x, skip);
        }
        head(x, logits, first);
    }

    private List<FeatureMap> backbone(FeatureMap image) {
        List<FeatureMap> maps = new ArrayList<>();
        FeatureMap x = image;
        for (Stage stage : layers.stages()) {
            x = down(stage, x, x != image);
            for (BlockPass block : stage.blocks()) {
                x = block.apply(x, run);
            }
            maps.add(normalise(stage.out(), x));
        }
        x.close();
        return maps;
    }

    private FeatureMap down(Stage stage, FeatureMap x, boolean last) {
        FeatureMap normal = stage.before().map(norm -> normalise(norm, x)).orElse(x);
        FeatureMap y = run.convolve(stage.down(), normal);
        stage.after().ifPresent(norm -> norm.apply(y.view(), y.view()));
        if (last) {
            normal.close();
            x.close();
        }
        return y;
    }

    private FeatureMap normalise(LayerNormPass norm, FeatureMap x) {
        FeatureMap y = run.blank(x, x.view().c());
        norm.apply(x.view(), y.view());
        return y;
    }

    /** A residual block; closes its input. */
    private FeatureMap residual(Residual block, FeatureMap x) {
        FeatureMap y = branch(block, x);
        ChannelAffine norm = statistics.of(y.view());
        if (block.projection().isPresent()) {
            try (FeatureMap shortcut = run.convolve(block.projection().get(), x)) {
                activation.join(y.view(), norm, shortcut.view(), statistics.of(shortcut.view()));
            }
        } else {
            activation.join(
                    y.view(), norm, x.view(), ChannelAffine.identity(x.view().c()));
        }
        x.close();
        return y;
    }

    /** The two convolutions of a residual block, the second one not yet normalised. */
    private FeatureMap branch(Residual block, FeatureMap x) {
        try (FeatureMap y = run.convolve(block.first(), x)) {
            activation.apply(y.view(), statistics.of(y.view()));
            return run.convolve(block.second(), y);
        }
    }

    /** A level of the decoder; closes both inputs. */
    private FeatureMap decode(DecodingLevel level, FeatureMap x, FeatureMap skip) {
        FeatureMap joined = run.blank(skip, 2 * skip.view().c());
        try (x;
                skip;
                FeatureMap children = run.convolve(level.doubling(), x)) {
            doubling.apply(children.view(), skip.view(), joined.view());
        }
        return residual(level.block(), joined);
    }

    /** The last residual block and the head; closes its input. */
    private void head(FeatureMap x, FloatBuffer logits, int first) {
        try (x;
                FeatureMap y = branch(layers.last(), x)) {
            ChannelAffine none = ChannelAffine.identity(x.view().c());
            layers.head().apply(y.view(), statistics.of(y.view()), x.view(), none, logits, first);
        }
    }
}
