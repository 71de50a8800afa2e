package io.deformux.network.architecture.uxnet;

import io.deformux.network.architecture.blocks.LayerModules;
import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleParameter;
import io.deformux.network.torchscript.ModuleTree;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A block of 3D UX-Net, with the names of the reference's state dict and its first weights.
 *
 * @param module the whole block, which holds {@code gamma}
 * @param depthwise the convolution with the large kernel
 * @param norm what follows
 * @param widen each channel to four
 * @param narrow and back
 */
record UxBlockModules(ModuleTree module, ModuleTree depthwise, ModuleTree norm, ModuleTree widen, ModuleTree narrow) {
    private static final int WIDENING = 4;

    /** A block of c channels. */
    static UxBlockModules of(int c, int kernel) {
        ModuleTree depthwise = LayerModules.depthwise(c, 1, kernel);
        ModuleTree norm = LayerModules.norm(c);
        ModuleTree widen = LayerModules.depthwise(c, WIDENING, 1);
        ModuleTree narrow = LayerModules.convolution(c, WIDENING, 1);
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("dwconv", depthwise);
        children.put("norm", norm);
        children.put("pwconv1", widen);
        children.put("pwconv2", narrow);
        Map<String, ModuleParameter> gamma =
                Map.of("gamma", new ModuleParameter(new int[] {c}, new Initial.Constant(1e-6f)));
        ModuleTree module = new ModuleTree("__torch__.deformux.uxnet.UxBlock", gamma, children);
        return new UxBlockModules(module, depthwise, norm, widen, narrow);
    }
}
