package io.deformux.network.architecture.nnformer;

import io.deformux.network.architecture.blocks.LayerModules;
import io.deformux.network.architecture.blocks.TransformerModules;
import io.deformux.network.architecture.blocks.WindowModules;
import io.deformux.network.torchscript.ModuleAttribute;
import io.deformux.network.torchscript.ModuleTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The blocks of a level of an nnFormer. A level that is no longer than its window is one window and never shifted. */
final class WindowBlocks {
    private static final String KINDS = "__torch__.deformux.nnformer.";
    private static final double MOST_DROPPED = 0.2;
    private static final int WIDENING = 4;

    private final int channels;
    private final int heads;
    private final int window;
    private final int shift;

    private WindowBlocks(NnFormerConfig config, int level) {
        int wanted = config.windows().get(level);
        boolean whole = config.shortest(level) <= wanted;
        this.channels = config.embedding() << level;
        this.heads = config.heads().get(level);
        this.window = whole ? config.shortest(level) : wanted;
        this.shift = whole ? 0 : wanted / 2;
    }

    /** Those on the way down: every second one shifted. */
    static List<ModuleTree> descending(NnFormerConfig config, int level) {
        WindowBlocks one = new WindowBlocks(config, level);
        int before = sum(config.depths().subList(0, level));
        List<ModuleTree> blocks = new ArrayList<>();
        while (blocks.size() < config.depths().get(level)) {
            int k = blocks.size();
            double dropped = TransformerModules.dropRate(MOST_DROPPED, before + k, config.depths());
            blocks.add(one.block("Block", k % 2 * one.shift, dropped, one.attention()));
        }
        return blocks;
    }

    /** Those on the way up, deepest level first: one that looks at the way down, then shifted ones. */
    static List<ModuleTree> ascending(NnFormerConfig config, int level) {
        WindowBlocks one = new WindowBlocks(config, level);
        List<Integer> depths = config.depths().subList(0, NnFormerConfig.LEVELS - 1);
        int before = sum(depths.subList(level + 1, depths.size()));
        List<ModuleTree> blocks = new ArrayList<>();
        while (blocks.size() < depths.get(level)) {
            int k = before + blocks.size();
            double dropped = TransformerModules.dropRate(MOST_DROPPED, k, depths);
            blocks.add(
                    blocks.isEmpty()
                            ? one.block("CrossBlock", 0, dropped, one.crossAttention())
                            : one.block("Block", one.shift, dropped, one.attention()));
        }
        return blocks;
    }

    private static int sum(List<Integer> depths) {
        return depths.stream().mapToInt(depth -> depth).sum();
    }

    private ModuleTree attention() {
        return WindowModules.attention(channels, heads, window, rows());
    }

    private ModuleTree crossAttention() {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("kv", TransformerModules.linear(2 * channels, channels));
        children.put("proj", TransformerModules.linear(channels, channels));
        return WindowModules.attention(KINDS + "CrossAttention", heads, window, children, rows());
    }

    /** As published: the first is not the square of the second, so some ways share a row. */
    private int[] rows() {
        return new int[] {3 * window - 1, 2 * window - 1, 1};
    }

    private ModuleTree block(String kind, int moved, double dropped, ModuleTree attention) {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("norm1", LayerModules.normOfTokens(channels));
        children.put("attn", attention);
        children.put("norm2", LayerModules.normOfTokens(channels));
        children.put(
                "mlp",
                TransformerModules.shortNamed(
                        TransformerModules.linear(WIDENING * channels, channels),
                        TransformerModules.linear(channels, WIDENING * channels)));
        Map<String, ModuleAttribute> attributes = new LinkedHashMap<>();
        attributes.put("window", ModuleAttribute.of(window));
        attributes.put("shift", ModuleAttribute.of(moved));
        attributes.put("dropped", ModuleAttribute.of(dropped));
        return new ModuleTree(KINDS + kind, Map.of(), Map.of(), attributes, children);
    }
}
