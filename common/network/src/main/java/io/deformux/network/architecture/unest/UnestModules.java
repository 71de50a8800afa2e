package io.deformux.network.architecture.unest;

import io.deformux.network.architecture.blocks.LayerModules;
import io.deformux.network.architecture.blocks.LevelModules;
import io.deformux.network.architecture.blocks.ResidualModules;
import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleParameter;
import io.deformux.network.torchscript.ModuleTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The modules of a UNesT, with the names of the reference's state dict and its first weights. */
record UnestModules(UnestConfig config) {
    private static final String KINDS = "__torch__.deformux.unest.";
    private static final int PATCH = 4;

    ModuleTree root() {
        int f = config.dims().get(UnestConfig.LEVELS - 1) / UnestConfig.WIDENING;
        int e0 = config.dims().get(0);
        int e1 = config.dims().get(1);
        int e2 = config.dims().get(2);
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("nestViT", transformer());
        children.put("encoder1", ResidualModules.of(config.inChannels(), f).level());
        children.put("encoder2", doubling(e0, 2 * f));
        children.put("encoder3", ResidualModules.of(e0, 4 * f).level());
        children.put("encoder4", ResidualModules.of(e1, 8 * f).level());
        children.put("decoder5", LevelModules.of(2 * e2, 16 * f).module());
        children.put("decoder4", LevelModules.of(16 * f, 8 * f).module());
        children.put("decoder3", LevelModules.of(8 * f, 4 * f).module());
        children.put("decoder2", LevelModules.of(4 * f, 2 * f).module());
        children.put("decoder1", LevelModules.of(2 * f, f).module());
        children.put("encoder10", bottleneck(e2, 2 * e2));
        children.put("out", LayerModules.head(LayerModules.convolution(config.outChannels(), f, 1)));
        return new ModuleTree(KINDS + "Unest", children);
    }

    private ModuleTree transformer() {
        int e0 = config.dims().get(0);
        List<ModuleTree> levels = new ArrayList<>();
        while (levels.size() < UnestConfig.LEVELS) {
            levels.add(new NestedLevel(config, levels.size()).module());
        }
        ModuleTree patches = LayerModules.convolution(e0, config.inChannels(), PATCH);
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("patch_embed", new ModuleTree(KINDS + "Patches", Map.of("proj", patches)));
        children.put("levels", ModuleTree.holder(levels));
        children.put("norm", LayerModules.norm(config.dims().get(UnestConfig.LEVELS - 1)));
        return new ModuleTree(KINDS + "Transformer", children);
    }

    /** Twice as many voxels along each axis, then each through a matrix that lies as a transposed convolution's does. */
    private static ModuleTree doubling(int in, int out) {
        Map<String, ModuleParameter> matrix =
                Map.of("weight", new ModuleParameter(new int[] {out, out, 1, 1, 1}, Initial.ofFanIn(out)));
        ModuleTree mixing = new ModuleTree(KINDS + "Mixing", matrix, Map.of());
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("transp_conv_init", LayerModules.wrapped(LayerModules.kernel(in, out, 2)));
        children.put("blocks", ModuleTree.holder(List.of(LayerModules.wrapped(mixing))));
        return new ModuleTree(KINDS + "Doubling", children);
    }

    private static ModuleTree bottleneck(int in, int out) {
        Map<String, ModuleParameter> slope =
                Map.of("weight", new ModuleParameter(new int[] {1}, new Initial.Constant(0.25f)));
        ModuleTree activation = new ModuleTree(KINDS + "Slope", slope, Map.of());
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("conv", LayerModules.convolution(out, in, 3));
        children.put("adn", ModuleTree.holder(Map.of("A", activation)));
        return new ModuleTree(KINDS + "Bottleneck", children);
    }
}
