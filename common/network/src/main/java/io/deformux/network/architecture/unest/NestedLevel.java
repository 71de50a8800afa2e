package io.deformux.network.architecture.unest;

import io.deformux.network.architecture.blocks.LayerModules;
import io.deformux.network.architecture.blocks.TransformerModules;
import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleAttribute;
import io.deformux.network.torchscript.ModuleParameter;
import io.deformux.network.torchscript.ModuleTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A level of the transformer of UNesT, with the names of the reference's state dict and its first weights.
 *
 * @param config of the whole network
 * @param index 0 for the finest
 */
record NestedLevel(UnestConfig config, int index) {
    private static final String KINDS = "__torch__.deformux.unest.";
    private static final double MOST_DROPPED = 0.5;
    private static final int WIDENING = 4;

    private static final Initial NORMAL = Initial.truncatedNormal(0.02);

    ModuleTree module() {
        int c = config.dims().get(index);
        int grid = 1 << UnestConfig.LEVELS - 1 - index;
        int edge = config.imageSize() / UnestConfig.STRIDE;
        int[] positions = {1, grid * grid * grid, edge * edge * edge, c};
        int before = config.depths().subList(0, index).stream()
                .mapToInt(depth -> depth)
                .sum();
        List<ModuleTree> blocks = new ArrayList<>();
        while (blocks.size() < config.depths().get(index)) {
            blocks.add(block(TransformerModules.dropRate(MOST_DROPPED, before + blocks.size(), config.depths())));
        }
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        if (index > 0) {
            children.put("pool", pool(config.dims().get(index - 1), c));
        }
        children.put("transformer_encoder", ModuleTree.sequence(blocks));
        return new ModuleTree(
                KINDS + (index > 0 ? "PooledLevel" : "Level"),
                Map.of("pos_embed", new ModuleParameter(positions, NORMAL)),
                Map.of(),
                Map.of("grid", ModuleAttribute.of(grid)),
                children);
    }

    private static ModuleTree pool(int in, int out) {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("conv", LayerModules.convolution(out, in, 3));
        children.put("norm", LayerModules.norm(out));
        return new ModuleTree(KINDS + "Pool", children);
    }

    private ModuleTree block(double dropped) {
        int c = config.dims().get(index);
        Map<String, ModuleTree> attention = new LinkedHashMap<>();
        attention.put("qkv", linear(3 * c, c));
        attention.put("proj", linear(c, c));
        ModuleAttribute heads = ModuleAttribute.of(config.heads().get(index));
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("norm1", LayerModules.normOfLast(c));
        children.put(
                "attn", new ModuleTree(KINDS + "Attention", Map.of(), Map.of(), Map.of("heads", heads), attention));
        children.put("norm2", LayerModules.normOfLast(c));
        children.put("mlp", TransformerModules.shortNamed(linear(WIDENING * c, c), linear(c, WIDENING * c)));
        return new ModuleTree(
                KINDS + "Block", Map.of(), Map.of(), Map.of("dropped", ModuleAttribute.of(dropped)), children);
    }

    private static ModuleTree linear(int out, int in) {
        return LayerModules.linear(NORMAL, LayerModules.ZERO, out, in);
    }
}
