package io.deformux.network.architecture.blocks;

import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells numbers of a configuration from names and shapes of weights. What they do not tell is as the caller says. */
public record WeightShapes(Weights weights) {
    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,4})\\..*");

    /** The size of a tensor along an axis. */
    public int size(String tensor, int axis, int otherwise) {
        Tensor found = weights.tensors().get(tensor);
        return found == null || found.shape().length <= axis ? otherwise : found.shape()[axis];
    }

    /** The whole number whose cube is nearest to the size of a tensor along an axis. */
    public int edge(String tensor, int axis, int otherwise) {
        return has(tensor) ? Math.toIntExact(Math.round(Math.cbrt(size(tensor, axis, 1)))) : otherwise;
    }

    /** How many modules the list of that path has. */
    public int count(String list, int otherwise) {
        String prefix = list + ".";
        OptionalInt last = weights.tensors().keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> NUMBERED.matcher(name.substring(prefix.length())))
                .filter(Matcher::matches)
                .mapToInt(module -> Integer.parseInt(module.group(1)))
                .max();
        return last.isPresent() ? last.getAsInt() + 1 : otherwise;
    }

    /** Whether there is a tensor of that name. */
    public boolean has(String tensor) {
        return weights.tensors().containsKey(tensor);
    }
}
