package io.deformux.network.architecture.blocks;

import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleBuffer;
import io.deformux.network.torchscript.ModuleParameter;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import io.deformux.network.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/** Attention inside windows, as modules. {@code windows.py} beside this class says what is computed. */
public final class WindowModules {
    private static final String KINDS = "__torch__.deformux.windows.";
    private static final String INDEX = "relative_position_index";

    private WindowModules() {}

    /** What they, parts of transformers and single layers compute, by path inside an archive; the caller may add to it. */
    public static Map<String, String> methods() {
        Map<String, String> files = TransformerModules.methods();
        files.put(SourceText.FOLDER + "windows.py", SourceText.of(WindowModules.class, "windows.py"));
        return files;
    }

    /** The weights of a checkpoint without its tables of positions, which follow from the configuration. */
    public static Weights withoutTables(Weights checkpoint) {
        return checkpoint.without(name -> name.endsWith("." + INDEX));
    }

    /**
     * Attention of c channels among the tokens of a window.
     *
     * @param window tokens along each axis of the largest window
     * @param rows how far the index moves with a step along each axis; the last one's is 1
     */
    public static ModuleTree attention(int c, int heads, int window, int... rows) {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("qkv", TransformerModules.linear(3 * c, c));
        children.put("proj", TransformerModules.linear(c, c));
        return attention(KINDS + "WindowAttention", heads, window, children, rows);
    }

    /** Attention of that kind, with the learned table of what two places of a window have to do with each other. */
    public static ModuleTree attention(
            String kind, int heads, int window, Map<String, ModuleTree> children, int... rows) {
        int reach = 2 * window - 1;
        int[] table = {reach * reach * reach, heads};
        return new ModuleTree(
                kind,
                Map.of("relative_position_bias_table", new ModuleParameter(table, Initial.truncatedNormal(0.02))),
                Map.of(INDEX, index(window, rows)),
                Map.of(),
                children);
    }

    /** For a token i and a token j of a window, in raster order, the row of the table for the way from j to i. */
    static ModuleBuffer index(int window, int... rows) {
        int tokens = window * window * window;
        long[] values = new long[tokens * tokens];
        for (int i = 0; i < tokens; i++) {
            for (int j = 0; j < tokens; j++) {
                int rest = 0;
                int place = tokens;
                for (int axis = 0; axis < 3; axis++) {
                    place /= window;
                    rest += (i / place % window - j / place % window + window - 1) * rows[axis];
                }
                values[i * tokens + j] = rest;
            }
        }
        return new ModuleBuffer.Table(new int[] {tokens, tokens}, values);
    }
}
