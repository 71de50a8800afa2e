package io.deformux.network.architecture.blocks;

import io.deformux.network.torchscript.ModuleTree;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A level of the decoder.
 *
 * @param module the whole level
 * @param doubling the transposed convolution
 * @param block what sees the upsampled map and the skip
 */
public record LevelModules(ModuleTree module, ModuleTree doubling, ResidualModules block) {

    /** The modules for so many channels in and out. */
    public static LevelModules of(int in, int out) {
        ModuleTree doubling = LayerModules.kernel(in, out, 2);
        ResidualModules block = ResidualModules.of(2 * out, out);
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("transp_conv", LayerModules.wrapped(doubling));
        children.put("conv_block", block.module());
        return new LevelModules(new ModuleTree(LayerModules.BLOCKS + "DecoderLevel", children), doubling, block);
    }
}
