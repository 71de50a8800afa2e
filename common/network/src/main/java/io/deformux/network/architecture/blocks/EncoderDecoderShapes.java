package io.deformux.network.architecture.blocks;

import io.deformux.network.architecture.blocks.EncoderDecoder.Sizes;
import io.deformux.network.architecture.blocks.EncoderDecoder.StageModules;
import io.deformux.network.torchscript.ModulePaths;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells sizes from the shapes of weights. They are looked for where the published network has them; where the tensor that
 * shows a number is missing, the number is the published one.
 */
public final class EncoderDecoderShapes {
    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,4})\\..*");

    private final EncoderDecoder<?> published;
    private final ModulePaths paths;
    private final Weights weights;

    /** Shapes of weights, compared with the published network. */
    public EncoderDecoderShapes(EncoderDecoder<?> published, Weights weights) {
        this.published = published;
        this.paths = new ModulePaths(published.root());
        this.weights = weights;
    }

    /** The sizes; throws {@link IllegalArgumentException} if a number is out of bounds. */
    public Sizes sizes() {
        List<? extends StageModules<?>> stages = published.stages();
        return new Sizes(
                size(stages.get(0).convolution().module(), 1),
                size(published.head(), 0),
                stages.stream().map(stage -> size(stage.out(), 0)).toList(),
                stages.stream().map(this::depth).toList(),
                size(published.encoders().get(published.encoders().size() - 1).first(), 0));
    }

    /** The size of the weight of a module along an axis. */
    public int size(ModuleTree module, int axis) {
        Tensor tensor = weights.tensors().get(paths.of(module, "weight"));
        return tensor == null || tensor.shape().length <= axis
                ? module.parameters().get("weight").shape()[axis]
                : tensor.shape()[axis];
    }

    private int depth(StageModules<?> stage) {
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
