package io.deformux.network.architecture.blocks;

import io.deformux.network.torchscript.ModuleAttribute;
import io.deformux.network.torchscript.ModuleTree;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A convolution with bias that says itself how it moves, alike along all axes. Its archive says so too, and whoever
 * computes it in another way than by TorchScript reads it here.
 *
 * @param module its tensors and how it moves
 * @param stride voxels from one output to the next
 * @param padding zeros around the input, in voxels
 */
public record ConvolutionModule(ModuleTree module, int stride, int padding) {

    /** A convolution of {@code in} to {@code out} channels with a k x k x k kernel. */
    public static ConvolutionModule of(int out, int in, int k, int stride, int padding) {
        Map<String, ModuleAttribute> moves = new LinkedHashMap<>();
        moves.put("stride", ModuleAttribute.of(stride));
        moves.put("padding", ModuleAttribute.of(padding));
        ModuleTree module = new ModuleTree(
                LayerModules.BLOCKS + "StridedConvolution",
                LayerModules.convolution(out, in, k).parameters(),
                Map.of(),
                moves,
                Map.of());
        return new ConvolutionModule(module, stride, padding);
    }
}
