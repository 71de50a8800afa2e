package io.deformux.network.architecture.repuxnet;

import io.deformux.network.architecture.blocks.LayerModules;
import io.deformux.network.torchscript.ModuleTree;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A block of 3D RepUX-Net, with the names of the reference's state dict.
 *
 * @param module the whole block
 * @param depthwise the convolution with the large kernel
 * @param norm what follows
 */
record RepUxBlockModules(ModuleTree module, ModuleTree depthwise, ModuleTree norm) {

    /** A block of c channels. */
    static RepUxBlockModules of(int c, int kernel) {
        ModuleTree depthwise = LayerModules.depthwise(c, 1, kernel);
        ModuleTree norm = LayerModules.batchNorm(c);
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("dwconv", depthwise);
        children.put("norm", norm);
        ModuleTree module = new ModuleTree("__torch__.deformux.repuxnet.RepUxBlock", children);
        return new RepUxBlockModules(module, depthwise, norm);
    }
}
