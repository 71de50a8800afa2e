package io.deformux.network.architecture.transbts;

import io.deformux.network.architecture.blocks.LayerModules;
import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleAttribute;
import io.deformux.network.torchscript.ModuleParameter;
import io.deformux.network.torchscript.ModuleTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The modules of a TransBTS, with the names and the order of the reference's state dict. First weights are PyTorch's. */
final class TransBtsModules {
    private static final String KINDS = "__torch__.deformux.transbts.";

    private TransBtsModules() {}

    /** The whole network. {@code linear_encoding} and {@code pre_head_ln} are in its weights and compute nothing. */
    static ModuleTree root(TransBtsConfig config) {
        int e = config.embedding();
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("linear_encoding", linear(e, e / 4));
        children.put("position_encoding", positions(config));
        children.put("transformer", transformer(config));
        children.put("pre_head_ln", LayerModules.normOfTokens(e));
        children.put("conv_x", LayerModules.convolution(e, e / 4, 3));
        children.put("Unet", encoder(config.inChannels(), e / 32));
        children.put("bn", LayerModules.batchNorm(e / 4));
        children.put("Enblock8_1", pair("Pair", e, e / 4, "bn1", "bn2", "conv1", "conv2"));
        children.put("Enblock8_2", pair("ResidualPair", e / 4, e / 4, "conv1", "bn1", "bn2", "conv2"));
        for (int level = 4; level > 1; level--) {
            int c = e >> (7 - level);
            children.put("DeUp" + level, up(2 * c, c));
            children.put("DeBlock" + level, pair("ResidualPair", c, c, "bn1", "conv1", "conv2", "bn2"));
        }
        children.put("endconv", LayerModules.convolution(config.outChannels(), e / 32, 1));
        return new ModuleTree(KINDS + "TransBts", children);
    }

    private static ModuleTree linear(int out, int in) {
        Initial initial = Initial.ofFanIn(in);
        return LayerModules.linear(initial, initial, out, in);
    }

    private static ModuleTree positions(TransBtsConfig config) {
        int edge = config.imageSize() / TransBtsConfig.STRIDE;
        ModuleParameter embeddings =
                new ModuleParameter(new int[] {1, edge * edge * edge, config.embedding()}, LayerModules.ZERO);
        return new ModuleTree(KINDS + "Positions", Map.of("position_embeddings", embeddings), Map.of());
    }

    private static ModuleTree transformer(TransBtsConfig config) {
        int e = config.embedding();
        List<ModuleTree> net = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            Map<String, ModuleTree> inside = new LinkedHashMap<>();
            inside.put("qkv", LayerModules.linear(Initial.ofFanIn(e), 3 * e, e));
            inside.put("proj", linear(e, e));
            Map<String, ModuleAttribute> heads = Map.of("heads", ModuleAttribute.of(config.heads()));
            net.add(layer("AttentionLayer", e, new ModuleTree(KINDS + "Attention", Map.of(), Map.of(), heads, inside)));
            Map<String, ModuleTree> perceptron = new LinkedHashMap<>();
            perceptron.put("0", linear(config.hidden(), e));
            perceptron.put("3", linear(e, config.hidden()));
            net.add(layer("PerceptronLayer", e, ModuleTree.holder(Map.of("net", ModuleTree.holder(perceptron)))));
        }
        return new ModuleTree(KINDS + "Transformer", Map.of("net", ModuleTree.holder(net)));
    }

    private static ModuleTree layer(String kind, int e, ModuleTree function) {
        Map<String, ModuleTree> inside = new LinkedHashMap<>();
        inside.put("norm", LayerModules.normOfTokens(e));
        inside.put("fn", function);
        return new ModuleTree(KINDS + kind, Map.of("fn", ModuleTree.holder(inside)));
    }

    private static ModuleTree encoder(int in, int b) {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put(
                "InitConv", new ModuleTree(KINDS + "InitConv", Map.of("conv", LayerModules.convolution(b, in, 3))));
        children.put("EnBlock1", block(b));
        int[] blocks = {2, 2, 4};
        for (int level = 1; level <= blocks.length; level++) {
            int c = b << level;
            ModuleTree down = LayerModules.convolution(c, c / 2, 3);
            children.put("EnDown" + level, new ModuleTree(KINDS + "EnDown", Map.of("conv", down)));
            for (int block = 1; block <= blocks[level - 1]; block++) {
                children.put("EnBlock" + (level + 1) + "_" + block, block(c));
            }
        }
        return new ModuleTree(KINDS + "Unet", children);
    }

    private static ModuleTree block(int c) {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        for (int i = 1; i <= 2; i++) {
            Map<String, ModuleParameter> norm = LayerModules.weightAndBias(LayerModules.ONE, LayerModules.ZERO, c, c);
            children.put("bn" + i, new ModuleTree(KINDS + "GroupNorm", norm, Map.of()));
            children.put("conv" + i, LayerModules.convolution(c, c, 3));
        }
        return new ModuleTree(KINDS + "EnBlock", children);
    }

    /** Two convolutions and their norms, in the order that the state dict has them in. */
    private static ModuleTree pair(String kind, int in, int out, String... order) {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        for (String name : order) {
            children.put(
                    name,
                    name.startsWith("bn")
                            ? LayerModules.batchNorm(out)
                            : LayerModules.convolution(out, name.equals("conv1") ? in : out, 3));
        }
        return new ModuleTree(KINDS + kind, children);
    }

    private static ModuleTree up(int in, int out) {
        int[] shape = {out, out, 2, 2, 2};
        Initial initial = Initial.ofFanIn(out * 8L);
        Map<String, ModuleParameter> doubling = LayerModules.weightAndBias(initial, initial, out, shape);
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("conv1", LayerModules.convolution(out, in, 1));
        children.put("conv2", new ModuleTree(KINDS + "Doubling", doubling, Map.of()));
        children.put("conv3", LayerModules.convolution(out, 2 * out, 1));
        return new ModuleTree(KINDS + "DeUp", children);
    }
}
