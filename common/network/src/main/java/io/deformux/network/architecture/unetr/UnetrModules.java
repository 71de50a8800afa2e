package io.deformux.network.architecture.unetr;

import io.deformux.network.architecture.blocks.LayerModules;
import io.deformux.network.architecture.blocks.LevelModules;
import io.deformux.network.architecture.blocks.ResidualModules;
import io.deformux.network.architecture.blocks.StatesDecoder;
import io.deformux.network.architecture.blocks.StatesDecoder.Climbing;
import io.deformux.network.architecture.blocks.StatesDecoder.Encoded;
import io.deformux.network.architecture.blocks.StatesDecoder.Step;
import io.deformux.network.architecture.blocks.TransformerModules;
import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleAttribute;
import io.deformux.network.torchscript.ModuleParameter;
import io.deformux.network.torchscript.ModuleTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The modules of a UNETR, with the names of the reference's state dict and its first weights. */
record UnetrModules(UnetrConfig config) {
    private static final String KINDS = "__torch__.deformux.unetr.";
    private static final int LAYERS = 12;

    private static final Initial NORMAL = Initial.truncatedNormal(0.02);

    StatesDecoder decoder() {
        int f = config.featureSize();
        int e = config.hidden();
        ModuleTree vit = transformer();
        ResidualModules image = ResidualModules.of(config.inChannels(), f);
        List<Climbing> climbs = List.of(climbing(8 * f, 0), climbing(4 * f, 1), climbing(2 * f, 2));
        List<LevelModules> levels = List.of(
                LevelModules.of(e, 8 * f),
                LevelModules.of(8 * f, 4 * f),
                LevelModules.of(4 * f, 2 * f),
                LevelModules.of(2 * f, f));
        ModuleTree head = LayerModules.convolution(config.outChannels(), f, 1);
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("vit", vit);
        children.put("encoder1", image.level());
        children.put("encoder2", climb(climbs.get(2)));
        children.put("encoder3", climb(climbs.get(1)));
        children.put("encoder4", climb(climbs.get(0)));
        for (int i = 0; i < levels.size(); i++) {
            children.put("decoder" + (5 - i), levels.get(i).module());
        }
        children.put("out", LayerModules.head(head));
        return new StatesDecoder(
                new ModuleTree(KINDS + "Unetr", children),
                new ModuleTree(KINDS + "States", Map.of("vit", vit)),
                Optional.empty(),
                List.of(climbs.get(0), climbs.get(1), climbs.get(2), new Encoded(image)),
                levels,
                head);
    }

    private ModuleTree transformer() {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("patch_embedding", patchEmbedding());
        children.put(
                "blocks",
                ModuleTree.holder(
                        IntStream.range(0, LAYERS).mapToObj(layer -> block()).toList()));
        children.put("norm", LayerModules.normOfTokens(config.hidden()));
        return new ModuleTree(KINDS + "Transformer", children);
    }

    private ModuleTree patchEmbedding() {
        int patch = UnetrConfig.PATCH;
        int e = config.hidden();
        int tokens = config.imageSize().stream().mapToInt(size -> size / patch).reduce(1, Math::multiplyExact);
        Map<String, ModuleParameter> positions =
                Map.of("position_embeddings", new ModuleParameter(new int[] {1, tokens, e}, NORMAL));
        if (config.patches() == UnetrConfig.Patches.CONV) {
            ModuleTree convolution = LayerModules.convolution(e, config.inChannels(), patch);
            return new ModuleTree(KINDS + "ConvolvedPatches", positions, Map.of("patch_embeddings", convolution));
        }
        ModuleTree linear =
                LayerModules.linear(NORMAL, LayerModules.ZERO, e, patch * patch * patch * config.inChannels());
        ModuleTree behindNothing = ModuleTree.holder(Map.of("1", linear));
        return new ModuleTree(KINDS + "Patches", positions, Map.of("patch_embeddings", behindNothing));
    }

    private ModuleTree block() {
        int e = config.hidden();
        Map<String, ModuleTree> attention = new LinkedHashMap<>();
        attention.put("out_proj", TransformerModules.linear(e, e));
        attention.put("qkv", LayerModules.linear(Initial.ofFanIn(e), 3 * e, e));
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put(
                "mlp",
                TransformerModules.perceptron(
                        TransformerModules.linear(config.mlp(), e), TransformerModules.linear(e, config.mlp())));
        children.put("norm1", LayerModules.normOfTokens(e));
        children.put(
                "attn",
                new ModuleTree(
                        KINDS + "Attention",
                        Map.of(),
                        Map.of(),
                        Map.of("heads", ModuleAttribute.of(config.heads())),
                        attention));
        children.put("norm2", LayerModules.normOfTokens(e));
        return new ModuleTree(KINDS + "Block", children);
    }

    /** From tokens to twice as many voxels along each axis, and so on as many times. */
    private Climbing climbing(int channels, int times) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(LayerModules.kernel(config.hidden(), channels, 2), Optional.empty()));
        while (steps.size() <= times) {
            steps.add(new Step(
                    LayerModules.kernel(channels, channels, 2), Optional.of(ResidualModules.of(channels, channels))));
        }
        return new Climbing(steps);
    }

    private static ModuleTree climb(Climbing climbing) {
        List<ModuleTree> further = climbing.steps().stream()
                .skip(1)
                .map(step -> new ModuleTree(
                        KINDS + "Step",
                        ModuleTree.numbered(List.of(
                                LayerModules.wrapped(step.doubling()),
                                step.block().orElseThrow().module()))))
                .toList();
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put(
                "transp_conv_init", LayerModules.wrapped(climbing.steps().get(0).doubling()));
        children.put("blocks", ModuleTree.sequence(further));
        return new ModuleTree(KINDS + "Climb", children);
    }
}
