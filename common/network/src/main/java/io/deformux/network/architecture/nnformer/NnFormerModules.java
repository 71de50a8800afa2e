package io.deformux.network.architecture.nnformer;

import io.deformux.network.architecture.blocks.LayerModules;
import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The modules of an nnFormer, with the names of the reference's state dict and its first weights. */
record NnFormerModules(NnFormerConfig config) {
    private static final String KINDS = "__torch__.deformux.nnformer.";
    private static final int OUTPUTS = 3;

    ModuleTree root() {
        int levels = NnFormerConfig.LEVELS;
        List<ModuleTree> up = new ArrayList<>();
        while (up.size() < levels - 1) {
            up.add(ascent(up.size()));
        }
        List<ModuleTree> heads = new ArrayList<>();
        while (heads.size() < (config.deepSupervision() ? OUTPUTS : 1)) {
            heads.add(head(channels(heads.size())));
        }
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("model_down", down());
        children.put("decoder", new ModuleTree(KINDS + "Decoder", Map.of("layers", ModuleTree.holder(up))));
        children.put("final", ModuleTree.holder(heads));
        return new ModuleTree(KINDS + (config.deepSupervision() ? "DeeplySupervised" : "NnFormer"), children);
    }

    private int channels(int level) {
        return config.embedding() << level;
    }

    private ModuleTree down() {
        List<ModuleTree> layers = new ArrayList<>();
        Map<String, ModuleTree> norms = new LinkedHashMap<>();
        while (layers.size() < NnFormerConfig.LEVELS) {
            int level = layers.size();
            layers.add(descent(level));
            norms.put("norm" + level, LayerModules.normOfTokens(channels(level)));
        }
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("patch_embed", patches());
        children.put("layers", ModuleTree.holder(layers));
        children.putAll(norms);
        return new ModuleTree(KINDS + "Encoder", children);
    }

    private ModuleTree patches() {
        int e = config.embedding();
        Map<String, ModuleTree> first = convolutions(config.inChannels(), e / 2);
        first.put("norm1", LayerModules.normOfTokens(e / 2));
        first.put("norm2", LayerModules.normOfTokens(e / 2));
        Map<String, ModuleTree> second = convolutions(e / 2, e);
        second.put("norm1", LayerModules.normOfTokens(e));
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("proj1", new ModuleTree(KINDS + "FirstProjection", first));
        children.put("proj2", new ModuleTree(KINDS + "SecondProjection", second));
        children.put("norm", LayerModules.normOfTokens(e));
        return new ModuleTree(KINDS + "Patches", children);
    }

    private static Map<String, ModuleTree> convolutions(int in, int out) {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("conv1", LayerModules.convolution(out, in, 3));
        children.put("conv2", LayerModules.convolution(out, out, 3));
        return children;
    }

    private ModuleTree descent(int level) {
        int c = channels(level);
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("blocks", ModuleTree.sequence(WindowBlocks.descending(config, level)));
        if (level == NnFormerConfig.LEVELS - 1) {
            return new ModuleTree(KINDS + "LastDescent", children);
        }
        Map<String, ModuleTree> downsample = new LinkedHashMap<>();
        downsample.put("reduction", LayerModules.convolution(2 * c, c, 3));
        downsample.put("norm", LayerModules.normOfTokens(c));
        children.put("downsample", new ModuleTree(KINDS + "Downsample", downsample));
        return new ModuleTree(KINDS + "Descent", children);
    }

    private ModuleTree ascent(int level) {
        int c = channels(level);
        Map<String, ModuleTree> upsample = new LinkedHashMap<>();
        upsample.put("norm", LayerModules.normOfTokens(2 * c));
        upsample.put("up", transposed(2 * c, c, 2, 2, 2));
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("blocks", ModuleTree.sequence(WindowBlocks.ascending(config, level)));
        children.put("Upsample", new ModuleTree(KINDS + "Upsample", upsample));
        return new ModuleTree(KINDS + "Ascent", children);
    }

    private ModuleTree head(int c) {
        ModuleTree up = transposed(
                c,
                config.outChannels(),
                NnFormerConfig.PATCH.get(0),
                NnFormerConfig.PATCH.get(1),
                NnFormerConfig.PATCH.get(2));
        return new ModuleTree(KINDS + "Head", Map.of("up", up));
    }

    private static ModuleTree transposed(int in, int out, int d, int h, int w) {
        Initial initial = Initial.ofFanIn((long) out * d * h * w);
        return new ModuleTree(
                KINDS + "Transposed", LayerModules.weightAndBias(initial, initial, out, in, out, d, h, w), Map.of());
    }
}
