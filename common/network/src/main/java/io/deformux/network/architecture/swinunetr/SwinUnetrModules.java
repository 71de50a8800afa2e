package io.deformux.network.architecture.swinunetr;

import io.deformux.network.architecture.blocks.LayerModules;
import io.deformux.network.architecture.blocks.LevelModules;
import io.deformux.network.architecture.blocks.ResidualModules;
import io.deformux.network.architecture.blocks.StatesDecoder;
import io.deformux.network.architecture.blocks.StatesDecoder.Encoded;
import io.deformux.network.architecture.blocks.StatesDecoder.Untouched;
import io.deformux.network.architecture.blocks.TransformerModules;
import io.deformux.network.architecture.blocks.WindowModules;
import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleAttribute;
import io.deformux.network.torchscript.ModuleTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The modules of a SwinUNETR, with the names of the reference's state dict and its first weights. */
record SwinUnetrModules(SwinUnetrConfig config) {
    private static final String KINDS = "__torch__.deformux.swin_unetr.";
    private static final int WINDOW = 7;
    private static final int WIDENING = 4;

    StatesDecoder decoder() {
        int f = config.featureSize();
        ModuleTree transformer = transformer();
        ResidualModules image = ResidualModules.of(config.inChannels(), f);
        List<ResidualModules> encoders =
                List.of(ResidualModules.of(f, f), ResidualModules.of(2 * f, 2 * f), ResidualModules.of(4 * f, 4 * f));
        ResidualModules bottom = ResidualModules.of(16 * f, 16 * f);
        List<LevelModules> levels = List.of(
                LevelModules.of(16 * f, 8 * f),
                LevelModules.of(8 * f, 4 * f),
                LevelModules.of(4 * f, 2 * f),
                LevelModules.of(2 * f, f),
                LevelModules.of(f, f));
        ModuleTree head = LayerModules.convolution(config.outChannels(), f, 1);
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("swinViT", transformer);
        children.put("encoder1", image.level());
        for (int i = 0; i < encoders.size(); i++) {
            children.put("encoder" + (i + 2), encoders.get(i).level());
        }
        children.put("encoder10", bottom.level());
        for (int i = 0; i < levels.size(); i++) {
            children.put("decoder" + (5 - i), levels.get(i).module());
        }
        children.put("out", LayerModules.head(head));
        return new StatesDecoder(
                new ModuleTree(KINDS + "SwinUnetr", children),
                new ModuleTree(KINDS + "States", Map.of("swinViT", transformer)),
                Optional.of(bottom),
                List.of(
                        new Untouched(),
                        new Encoded(encoders.get(2)),
                        new Encoded(encoders.get(1)),
                        new Encoded(encoders.get(0)),
                        new Encoded(image)),
                levels,
                head);
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
