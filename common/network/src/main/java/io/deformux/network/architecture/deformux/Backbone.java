package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.blocks.EncoderDecoder;
import io.deformux.network.architecture.blocks.EncoderDecoder.StageModules;
import io.deformux.network.training.ChannelNorm;
import io.deformux.network.training.RimmedMaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The deformable backbone: image to four maps, at 1/2, 1/4, 1/8 and 1/16 of its size. The norm belongs to the map handed
 * out; the next stage goes on from the map before it.
 */
final class Backbone {
    static final int STAGES = EncoderDecoder.STAGES;

    private final List<StageEntry> entries = new ArrayList<>();
    private final List<List<DeformableBlock>> stages = new ArrayList<>();
    private final List<ChannelNorm> norms = new ArrayList<>();
    /** By stage: the input of each block, then the output of the last. */
    private final RimmedMaps[][] maps = new RimmedMaps[STAGES][];

    Backbone(List<StageModules<DeformableModules>> modules, TrainingLayers layers) {
        for (int i = 0; i < STAGES; i++) {
            StageModules<DeformableModules> stage = modules.get(i);
            entries.add(layers.entry(stage));
            stages.add(stage.blocks().stream().map(layers::block).toList());
            norms.add(layers.norm(stage.out()));
            maps[i] = new RimmedMaps[stage.blocks().size() + 1];
        }
    }

    /** Channels of a stage. */
    int channels(int stage) {
        return entries.get(stage).outputs();
    }

    /** Computes the four maps. */
    void forward(RimmedMaps image, RimmedMaps[] outputs) {
        for (int i = 0; i < STAGES; i++) {
            for (int j = 0; j < maps[i].length; j++) {
                maps[i][j] = outputs[i].reuse(maps[i][j], channels(i));
            }
            entries.get(i).forward(i == 0 ? image : last(i - 1), maps[i][0]);
            for (int j = 0; j < stages.get(i).size(); j++) {
                stages.get(i).get(j).forward(maps[i][j], maps[i][j + 1]);
            }
            norms.get(i).forward(last(i), outputs[i]);
        }
    }

    /** Adds the parameters' gradients from those of the four maps, which are overwritten. */
    void backward(RimmedMaps image, RimmedMaps[] gradients) {
        for (int i = STAGES - 1; i >= 0; i--) {
            RimmedMaps gradient = gradients[i];
            norms.get(i).backward(last(i), gradient, gradient);
            if (i + 1 < STAGES) {
                entries.get(i + 1).backward(last(i), gradients[i + 1], Optional.of(gradient));
            }
            for (int j = stages.get(i).size() - 1; j >= 0; j--) {
                stages.get(i).get(j).backward(maps[i][j], gradient);
            }
        }
        entries.get(0).backward(image, gradients[0], Optional.empty());
    }

    private RimmedMaps last(int stage) {
        return maps[stage][maps[stage].length - 1];
    }
}
