package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.training.Convolution;
import io.deformux.network.training.RimmedMaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What follows the backbone: its four maps and the image, through the convolutional encoder and the decoder, to logits. */
final class Decoder {
    private static final int LEVELS = Backbone.STAGES;

    private final ResidualBlock deepest;
    /** From the deepest up, and the encoder's level that joins each. */
    private final List<DecoderLevel> levels = new ArrayList<>();

    private final List<ResidualBlock> encoders = new ArrayList<>();

    private final ResidualBlock last;
    private final Convolution head;
    private final RimmedMaps[] maps = new RimmedMaps[LEVELS + 2];
    private final RimmedMaps[] gradients = new RimmedMaps[LEVELS + 2];

    Decoder(EncoderDecoder<DeformableModules> modules, TrainingLayers layers) {
        this.deepest = layers.residual(modules.encoders().get(LEVELS));
        for (int n = 0; n < LEVELS; n++) {
            levels.add(layers.level(modules.decoders().get(n)));
            encoders.add(layers.residual(modules.encoders().get(LEVELS - 1 - n)));
        }
        this.last = layers.residual(modules.last());
        this.head = layers.convolution(modules.head());
    }

    int classes() {
        return head.outputs();
    }

    /** Computes the logits. */
    void forward(RimmedMaps image, RimmedMaps[] skips, RimmedMaps logits) {
        maps[0] = skips[LEVELS - 1].reuse(maps[0], deepest.outputs());
        deepest.forward(skips[LEVELS - 1], maps[0]);
        for (int n = 0; n < LEVELS; n++) {
            RimmedMaps source = source(n, image, skips);
            maps[n + 1] = source.reuse(maps[n + 1], levels.get(n).outputs());
            encoders.get(n).forward(source, levels.get(n).skip(maps[n + 1]));
            levels.get(n).forward(maps[n], maps[n + 1]);
        }
        maps[LEVELS + 1] = image.reuse(maps[LEVELS + 1], last.outputs());
        last.forward(maps[LEVELS], maps[LEVELS + 1]);
        head.forward(maps[LEVELS + 1], logits);
    }

    /**
     * Adds the parameters' gradients and computes those of the four maps.
     *
     * @param gLogits of the logits
     * @param gSkips takes those of the maps
     */
    void backward(RimmedMaps image, RimmedMaps[] skips, RimmedMaps gLogits, RimmedMaps[] gSkips) {
        for (int n = 0; n < maps.length; n++) {
            gradients[n] = maps[n].reuse(gradients[n], maps[n].channels());
        }
        head.parameterGradients(maps[LEVELS + 1], gLogits);
        head.inputGradient(gLogits, gradients[LEVELS + 1], false);
        last.backward(maps[LEVELS], maps[LEVELS + 1], gradients[LEVELS + 1], Optional.of(gradients[LEVELS]));
        for (int n = LEVELS - 1; n >= 0; n--) {
            RimmedMaps skip = levels.get(n).skip(maps[n + 1]);
            RimmedMaps gSkip = levels.get(n).backward(maps[n], maps[n + 1], gradients[n + 1], gradients[n]);
            // The image takes no gradient.
            Optional<RimmedMaps> gSource = n == LEVELS - 1 ? Optional.empty() : Optional.of(gSkips[LEVELS - 2 - n]);
            encoders.get(n).backward(source(n, image, skips), skip, gSkip, gSource);
        }
        deepest.backward(skips[LEVELS - 1], maps[0], gradients[0], Optional.of(gSkips[LEVELS - 1]));
    }

    /** What joins a level, counted from the deepest up. */
    private static RimmedMaps source(int level, RimmedMaps image, RimmedMaps[] skips) {
        return level == LEVELS - 1 ? image : skips[LEVELS - 2 - level];
    }
}
