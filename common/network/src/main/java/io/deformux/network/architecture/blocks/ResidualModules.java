package io.deformux.network.architecture.blocks;

import io.deformux.network.torchscript.ModuleTree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A residual block.
 *
 * @param module the whole block
 * @param first its convolutions
 * @param second likewise
 * @param projection of the input, if the channel counts differ
 */
public record ResidualModules(ModuleTree module, ModuleTree first, ModuleTree second, Optional<ModuleTree> projection) {

    /** The modules for so many channels in and out. */
    public static ResidualModules of(int in, int out) {
        ModuleTree first = LayerModules.kernel(out, in, 3);
        ModuleTree second = LayerModules.kernel(out, out, 3);
        Optional<ModuleTree> projection = in == out ? Optional.empty() : Optional.of(LayerModules.kernel(out, in, 1));
        Map<String, ModuleTree> children = new LinkedHashMap<>();
        children.put("conv1", LayerModules.wrapped(first));
        children.put("conv2", LayerModules.wrapped(second));
        projection.ifPresent(kernel -> children.put("conv3", LayerModules.wrapped(kernel)));
        String kind = projection.isPresent() ? "ProjectedResidualBlock" : "ResidualBlock";
        return new ResidualModules(new ModuleTree(LayerModules.BLOCKS + kind, children), first, second, projection);
    }

    /** The level of the encoder that is this block. */
    public ModuleTree level() {
        return new ModuleTree(LayerModules.BLOCKS + "EncoderLevel", Map.of("layer", module));
    }
}
