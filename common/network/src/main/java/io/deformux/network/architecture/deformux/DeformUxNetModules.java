package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.deformux.DeformUxNetBlocks.DeformableModules;
import io.deformux.network.architecture.deformux.DeformUxNetBlocks.LevelModules;
import io.deformux.network.architecture.deformux.DeformUxNetBlocks.ResidualModules;
import io.deformux.network.torchscript.ModuleTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The modules of a DeformUX-Net, and which of them an image goes through: the one place that says which stages and levels
 * there are, which blocks they have, and what they are called. Whoever computes a part finds its tensors by {@link
 * io.deformux.network.torchscript.ModulePaths}.
 *
 * @param root the whole network
 * @param stages the backbone
 * @param encoders levels 1 to 5 of the convolutional encoder; the first sees the image, the others a stage's map each
 * @param decoders levels 5 to 2 of the decoder, each joined by the encoder's map of the next higher level
 * @param last the residual block behind them
 * @param head the convolution that gives the logits
 */
record DeformUxNetModules(
        ModuleTree root,
        List<StageModules> stages,
        List<ResidualModules> encoders,
        List<LevelModules> decoders,
        ResidualModules last,
        ModuleTree head) {
    private static final String NETWORK = "__torch__.deformux.network.";

    /**
     * A stage of the backbone.
     *
     * @param convolution the convolution to half the size
     * @param norm in the first stage behind it, in the others before it
     * @param sequence the blocks, one after the other
     * @param blocks each of them
     * @param out the norm of the map that is handed out
     */
    record StageModules(
            ModuleTree convolution,
            ModuleTree norm,
            ModuleTree sequence,
            List<DeformableModules> blocks,
            ModuleTree out) {

        static StageModules of(int in, int out, int k, int depth, int offsetKernel, boolean first) {
            List<DeformableModules> blocks = new ArrayList<>();
            while (blocks.size() < depth) {
                blocks.add(DeformableModules.of(out, offsetKernel));
            }
            return new StageModules(
                    DeformUxNetBlocks.convolution(out, in, k),
                    DeformUxNetBlocks.norm(first ? out : in),
                    ModuleTree.sequence(
                            blocks.stream().map(DeformableModules::module).toList()),
                    List.copyOf(blocks),
                    DeformUxNetBlocks.norm(out));
        }
    }

    /** The modules of a network of that configuration. */
    static DeformUxNetModules of(DeformUxNetConfig config) {
        List<StageModules> stages = stages(config);
        List<Integer> f = config.featureSizes();
        int[] channels = {config.inChannels(), f.get(0), f.get(1), f.get(2), f.get(3), config.hidden()};
        List<ResidualModules> encoders = new ArrayList<>();
        List<LevelModules> decoders = new ArrayList<>();
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("deformuxnet_3d", backbone(stages));
        for (int level = 1; level < channels.length; level++) {
            ResidualModules encoder = ResidualModules.of(channels[level - 1], channels[level]);
            encoders.add(encoder);
            children.put("encoder" + level, encoder.level());
        }
        for (int level = channels.length - 1; level > 1; level--) {
            LevelModules decoder = LevelModules.of(channels[level], channels[level - 1]);
            decoders.add(decoder);
            children.put("decoder" + level, decoder.module());
        }
        ResidualModules last = ResidualModules.of(f.get(0), f.get(0));
        children.put("decoder1", last.level());
        ModuleTree head = DeformUxNetBlocks.convolution(config.outChannels(), f.get(0), 1);
        children.put("out", new ModuleTree(NETWORK + "Head", Map.of("conv", DeformUxNetBlocks.wrapped(head))));
        ModuleTree root = new ModuleTree(NETWORK + "DeformUxNet", children);
        return new DeformUxNetModules(root, stages, encoders, decoders, last, head);
    }

    private static List<StageModules> stages(DeformUxNetConfig config) {
        List<StageModules> stages = new ArrayList<>();
        for (int i = 0; i < DeformUxNetConfig.STAGES; i++) {
            boolean first = i == 0;
            int in = first ? config.inChannels() : config.featureSizes().get(i - 1);
            int out = config.featureSizes().get(i);
            int depth = config.depths().get(i);
            stages.add(StageModules.of(in, out, first ? 7 : 2, depth, config.offsetKernel(), first));
        }
        return stages;
    }

    private static ModuleTree backbone(List<StageModules> stages) {
        List<ModuleTree> entries = new ArrayList<>();
        Map<String, ModuleTree> norms = new LinkedHashMap<>();
        for (StageModules stage : stages) {
            entries.add(
                    entries.isEmpty()
                            ? entry("Stem", stage.convolution(), stage.norm())
                            : entry("Downsample", stage.norm(), stage.convolution()));
            norms.put("norm" + norms.size(), stage.out());
        }
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("downsample_layers", ModuleTree.holder(entries));
        children.put(
                "stages",
                ModuleTree.holder(stages.stream().map(StageModules::sequence).toList()));
        children.putAll(norms);
        return new ModuleTree(NETWORK + "Backbone", children);
    }

    private static ModuleTree entry(String kind, ModuleTree first, ModuleTree second) {
        return new ModuleTree(NETWORK + kind, ModuleTree.numbered(List.of(first, second)));
    }
}
