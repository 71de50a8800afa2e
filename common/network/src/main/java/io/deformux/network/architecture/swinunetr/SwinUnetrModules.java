package io.deformux.network.architecture.swinunetr;

import io.deformux.network.architecture.blocks.LayerModules;
import io.deformux.network.architecture.blocks.LevelModules;
import io.deformux.network.architecture.blocks.ResidualModules;
import io.deformux.network.architecture.blocks.TransformerModules;
import io.deformux.network.architecture.blocks.WindowModules;
import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleAttribute;
import io.deformux.network.torchscript.ModuleTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The modules of a SwinUNETR, with the names of the reference's state dict and its first weights. */
record SwinUnetrModules(SwinUnetrConfig config) {
    private static final String KINDS = "__torch__.deformux.swin_unetr.";
    private static final int WINDOW = 7;
    private static final int WIDENING = 4;

    ModuleTree root() {
        int f = config.featureSize();
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("swinViT", transformer());
        children.put("encoder1", ResidualModules.of(config.inChannels(), f).level());
        children.put("encoder2", ResidualModules.of(f, f).level());
        children.put("encoder3", ResidualModules.of(2 * f, 2 * f).level());
        children.put("encoder4", ResidualModules.of(4 * f, 4 * f).level());
        children.put("encoder10", ResidualModules.of(16 * f, 16 * f).level());
        children.put("decoder5", LevelModules.of(16 * f, 8 * f).module());
        children.put("decoder4", LevelModules.of(8 * f, 4 * f).module());
        children.put("decoder3", LevelModules.of(4 * f, 2 * f).module());
        children.put("decoder2", LevelModules.of(2 * f, f).module());
        children.put("decoder1", LevelModules.of(f, f).module());
        children.put("out", LayerModules.head(LayerModules.convolution(config.outChannels(), f, 1)));
        return new ModuleTree(KINDS + "SwinUnetr", children);
    }

    private ModuleTree transformer() {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        ModuleTree patches = LayerModules.convolution(config.featureSize(), config.inChannels(), 2);
        children.put("patch_embed", new ModuleTree(KINDS + "Patches", Map.of("proj", patches)));
        for (int i = 0; i < SwinUnetrConfig.LAYERS; i++) {
            children.put("layers" + (i + 1), ModuleTree.sequence(List.of(layer(i))));
        }
        return new ModuleTree(KINDS + "Transformer", children);
    }

    private ModuleTree layer(int i) {
        int c = config.featureSize() << i;
        List<ModuleTree> blocks = new ArrayList<>();
        while (blocks.size() < config.depths().get(i)) {
            blocks.add(block(c, config.heads().get(i), blocks.size() % 2 == 1));
        }
        Map<String, ModuleTree> downsample = new LinkedHashMap<>();
        downsample.put("reduction", LayerModules.linear(Initial.ofFanIn(8 * c), 2 * c, 8 * c));
        downsample.put("norm", LayerModules.normOfTokens(8 * c));
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("blocks", ModuleTree.sequence(blocks));
        children.put("downsample", new ModuleTree(KINDS + "Downsample", downsample));
        return new ModuleTree(KINDS + "Layer", children);
    }

    private ModuleTree block(int c, int heads, boolean shifted) {
        int reach = 2 * WINDOW - 1;
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("norm1", LayerModules.normOfTokens(c));
        children.put("attn", WindowModules.attention(c, heads, WINDOW, reach * reach, reach, 1));
        children.put("norm2", LayerModules.normOfTokens(c));
        children.put(
                "mlp",
                TransformerModules.perceptron(
                        TransformerModules.linear(WIDENING * c, c), TransformerModules.linear(c, WIDENING * c)));
        return new ModuleTree(
                KINDS + "Block", Map.of(), Map.of(), Map.of("shifted", ModuleAttribute.of(shifted)), children);
    }
}
