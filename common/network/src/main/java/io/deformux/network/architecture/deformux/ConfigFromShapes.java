package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.deformux.DeformUxNetModules.StageModules;
import io.deformux.network.torchscript.ModulePaths;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a configuration from the shapes of weights. They are looked for where the published network has them; where the
 * tensor that shows a number is missing, the number is the published one.
 */
final class ConfigFromShapes {
    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,4})\\..*");

    private final DeformUxNetConfig published = DeformUxNetConfig.published(2);
    private final DeformUxNetModules modules = DeformUxNetModules.of(published);
    private final ModulePaths paths = new ModulePaths(modules.root());
    private final Weights weights;

    ConfigFromShapes(Weights weights) {
        this.weights = weights;
    }

    /** The configuration; throws {@link IllegalArgumentException} if a number is out of bounds. */
    DeformUxNetConfig config() {
        List<StageModules> stages = modules.stages();
        return new DeformUxNetConfig(
                size(stages.get(0).convolution(), 1),
                size(modules.head(), 0),
                stages.stream().map(stage -> size(stage.out(), 0)).toList(),
                stages.stream().map(this::depth).toList(),
                size(modules.encoders().get(modules.encoders().size() - 1).first(), 0),
                size(stages.get(0).blocks().get(0).offsets(), 2));
    }

    private int size(ModuleTree module, int axis) {
        Tensor tensor = weights.tensors().get(paths.of(module, "weight"));
        return tensor == null || tensor.shape().length <= axis
                ? module.parameters().get("weight").shape()[axis]
                : tensor.shape()[axis];
    }

    private int depth(StageModules stage) {
        String prefix = paths.of(stage.sequence()) + ".";
        OptionalInt last = weights.tensors().keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> NUMBERED.matcher(name.substring(prefix.length())))
                .filter(Matcher::matches)
                .mapToInt(block -> Integer.parseInt(block.group(1)))
                .max();
        return last.isPresent() ? last.getAsInt() + 1 : stage.blocks().size();
    }
}
