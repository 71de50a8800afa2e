package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.architecture.blocks.EncoderDecoder.StageModules;
import io.deformux.network.training.ChannelNorm;
import io.deformux.network.training.RimmedMaps;
import java.util.ArrayList;
import java.util.List;

/**
 * The deformable backbone: image to four maps, at 1/2, 1/4, 1/8 and 1/16 of its size. The norm belongs to the map handed
 * out; the next stage goes on from the map before it.
 */
final class Backbone {
    static final int STAGES = EncoderDecoder.STAGES;

    private final Stem stem;
    private final List<Downsample> downsamples = new ArrayList<>();
    private final List<List<DeformableBlock>> stages = new ArrayList<>();
    private final List<ChannelNorm> norms = new ArrayList<>();
    /** By stage: the input of each block, then the output of the last. */
    private final RimmedMaps[][] maps = new RimmedMaps[STAGES][];

    Backbone(List<StageModules<DeformableModules>> modules, TrainingLayers layers) {
        this.stem = layers.stem(modules.get(0));
        for (int i = 0; i < STAGES; i++) {
            StageModules<DeformableModules> stage = modules.get(i);
            if (i > 0) {
                downsamples.add(layers.downsample(stage));
            }
            stages.add(stage.blocks().stream().map(layers::block).toList());
            norms.add(layers.norm(stage.out()));
            maps[i] = new RimmedMaps[stage.blocks().size() + 1];
        }
    }

    /** Channels of a stage. */
    int channels(int stage) {
        return stage == 0 ? stem.outputs() : downsamples.get(stage - 1).outputs();
    }

    /** Computes the four maps. */
    void forward(RimmedMaps image, RimmedMaps[] outputs) {
        for (int i = 0; i < STAGES; i++) {
            for (int j = 0; j < maps[i].length; j++) {
                maps[i][j] = outputs[i].reuse(maps[i][j], channels(i));
            }
            if (i == 0) {
                stem.forward(image, maps[0][0]);
            } else {
                downsamples.get(i - 1).forward(last(i - 1), maps[i][0]);
            }
            for (int j = 0; j < stages.get(i).size(); j++) {
                stages.get(i).get(j).forward(maps[i][j], maps[i][j + 1]);
            }
            norms.get(i).forward(last(i), outputs[i]);
        }
    }

    /** Adds the parameters' gradients from those of the four maps, which are overwritten. */
    void backward(RimmedMaps[] gradients) {
        for (int i = STAGES - 1; i >= 0; i--) {
            RimmedMaps gradient = gradients[i];
            norms.get(i).backward(last(i), gradient, gradient);
            if (i + 1 < STAGES) {
                gradient.add(downsamples.get(i).backward(last(i), gradients[i + 1]));
            }
            for (int j = stages.get(i).size() - 1; j >= 0; j--) {
                stages.get(i).get(j).backward(maps[i][j], gradient);
            }
        }
        stem.backward(gradients[0]);
    }

    private RimmedMaps last(int stage) {
        return maps[stage][maps[stage].length - 1];
    }
}
