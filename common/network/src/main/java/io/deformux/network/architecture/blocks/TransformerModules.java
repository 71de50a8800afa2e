package io.deformux.network.architecture.blocks;

import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.SourceText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parts of transformers as modules. {@code transformer.py} beside this class says what they compute. */
public final class TransformerModules {
    private static final String KINDS = "__torch__.deformux.transformer.";

    private TransformerModules() {}

    /** What they and single layers compute, by path inside an archive; the caller may add to it. */
    public static Map<String, String> methods() {
        Map<String, String> files = LayerModules.methods();
        files.put(SourceText.FOLDER + "transformer.py", SourceText.of(TransformerModules.class, "transformer.py"));
        return files;
    }

    /** A linear layer with the first values that PyTorch gives it. */
    public static ModuleTree linear(int out, int in) {
        Initial initial = Initial.ofFanIn(in);
        return LayerModules.linear(initial, initial, out, in);
    }

    /** Two linear layers with GELU between them, called {@code linear1} and {@code linear2}. */
    public static ModuleTree perceptron(ModuleTree first, ModuleTree second) {
        return perceptron("Perceptron", "linear", first, second);
    }

    /** The same, called {@code fc1} and {@code fc2}. */
    public static ModuleTree shortNamed(ModuleTree first, ModuleTree second) {
        return perceptron("ShortNamedPerceptron", "fc", first, second);
    }

    private static ModuleTree perceptron(String kind, String name, ModuleTree first, ModuleTree second) {
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put(name + 1, first);
        children.put(name + 2, second);
        return new ModuleTree(KINDS + kind, children);
    }

    /**
     * How often block k of a row of blocks leaves out its branches in training: from 0 for the first to {@code most} for the
     * last, evenly.
     */
    public static double dropRate(double most, int k, List<Integer> depths) {
        int blocks = depths.stream().mapToInt(depth -> depth).sum();
        return blocks == 1 ? 0 : most * k / (blocks - 1);
    }
}
