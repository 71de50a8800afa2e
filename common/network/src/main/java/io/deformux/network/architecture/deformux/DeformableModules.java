package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.blocks.LayerModules;
import io.deformux.network.torchscript.Initial;
import io.deformux.network.torchscript.ModuleParameter;
import io.deformux.network.torchscript.ModuleTree;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A deformable block, with the names of the reference's state dict and its first weights: convolutions as PyTorch starts them,
 * those that predict offsets zero, norms 1 and 0, gamma 1e-6.
 *
 * @param module the whole block, which holds {@code gamma}
 * @param deformable the depthwise deformable convolution
 * @param offsets the convolution that predicts its offsets
 * @param norm what follows
 * @param widen the channel-wise scaling, each channel to four
 * @param narrow and back
 */
record DeformableModules(
        ModuleTree module,
        ModuleTree deformable,
        ModuleTree offsets,
        ModuleTree norm,
        ModuleTree widen,
        ModuleTree narrow) {

    private static final String KINDS = "__torch__.deformux.deformable.";
    /** Sampling positions of a 3x3x3 kernel, three axes each. */
    private static final int OFFSET_CHANNELS = 81;
    /** The channel-wise scaling widens each channel to four and back. */
    private static final int WIDENING = 4;

    /** A block of c channels. */
    static DeformableModules of(int c, int offsetKernel) {
        ModuleTree offsets = LayerModules.convolution(
                LayerModules.ZERO, LayerModules.ZERO, OFFSET_CHANNELS, c, offsetKernel, offsetKernel, offsetKernel);
        Initial initial = Initial.ofFanIn(27);
        ModuleTree deformable = new ModuleTree(
                KINDS + "DepthwiseDeformableConvolution",
                LayerModules.weightAndBias(initial, initial, c, c, 1, 3, 3, 3),
                Map.of("conv_offset", offsets));
        ModuleTree norm = LayerModules.normOfLast(c);
        ModuleTree widen = LayerModules.depthwise(c, WIDENING, 1);
        ModuleTree narrow = LayerModules.convolution(c, WIDENING, 1);
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("ddc", deformable);
        children.put("norm", norm);
        children.put("pwconv1", widen);
        children.put("pwconv2", narrow);
        Map<String, ModuleParameter> gamma =
                Map.of("gamma", new ModuleParameter(new int[] {c}, new Initial.Constant(1e-6f)));
        ModuleTree module = new ModuleTree(KINDS + "DeformUxBlock", gamma, children);
        return new DeformableModules(module, deformable, offsets, norm, widen, narrow);
    }
}
