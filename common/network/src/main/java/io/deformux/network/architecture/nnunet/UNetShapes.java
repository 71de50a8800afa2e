package io.deformux.network.architecture.nnunet;

import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Tells a configuration from names and shapes of weights. A transposed convolution tells the stride that it undoes, so only
 * the outputs that other implementations than {@link DynUNet} are trained with are told by nothing.
 */
final class UNetShapes {
    private final Weights weights;
    private final NetworkSettings given;
    private final UNetImplementation implementation;

    /** Shapes of weights, and the settings for what they do not tell. */
    UNetShapes(Weights weights, NetworkSettings given) {
        this.weights = weights;
        this.given = given;
        this.implementation = UNetImplementation.ALL.stream()
                .filter(one -> weights.tensors().keySet().stream().anyMatch(name -> name.startsWith(one.mark())))
                .findFirst()
                .orElseGet(() -> NnUNet.implementation(given));
    }

    /** The configuration; throws {@link IllegalArgumentException} if a number is out of bounds. */
    NnUNetConfig config() {
        NetworkSettings told = NetworkSettings.NONE.with("implementation", implementation.id());
        int steps = count(implementation::doubling);
        if (steps > 0) {
            told = told.overriddenBy(levels(steps + 1));
        }
        if (implementation.id().equals(DynUNet.ID)) {
            told = told.overriddenBy(options());
        }
        int[] first = shape(implementation.entrance(steps + 1));
        int[] last = shape(implementation.head(0, steps + 1));
        return NnUNet.ARCHITECTURE.configured(
                first.length > 1 ? first[1] : 1, last.length > 0 ? last[0] : 2, given.overriddenBy(told));
    }

    private NetworkSettings levels(int levels) {
        List<Integer> features = new ArrayList<>();
        List<List<Integer>> kernels = new ArrayList<>();
        List<List<Integer>> strides = new ArrayList<>();
        List<Integer> blocks = new ArrayList<>();
        List<Integer> decoder = new ArrayList<>();
        boolean all = true;
        for (int level = 0; level < levels; level++) {
            int[] shape = shape(implementation.block(level, levels, 0));
            all &= shape.length > 0;
            if (shape.length > 0) {
                features.add(shape[0]);
                kernels.add(axes(shape));
            }
            int at = level;
            blocks.add(count(block -> implementation.block(at, levels, block)));
            if (level < levels - 1) {
                decoder.add(count(
                        unit -> implementation.decoder(levels - 2 - at, unit).convolution()));
            }
            strides.add(level == 0 ? List.of(1, 1, 1) : axes(shape(implementation.doubling(levels - 1 - level))));
        }
        NetworkSettings told = NetworkSettings.NONE.with("strides", strides);
        if (all) {
            told = told.with("features", features).with("kernels", kernels);
        }
        boolean counted = all && implementation.varies() && !decoder.contains(0);
        return counted ? told.with("blocks", blocks).with("decoderConvolutions", decoder) : told;
    }

    /** How many layers there are in a row. */
    private int count(IntFunction<String> layer) {
        int count = 0;
        while (has(layer.apply(count) + ".weight")) {
            count++;
        }
        return count;
    }

    private NetworkSettings options() {
        int heads = count(head -> implementation.head(head + 1, 0));
        boolean bare = weights.tensors().keySet().stream().noneMatch(name -> name.endsWith(".norm1.weight"));
        return NetworkSettings.NONE
                .with("deepSupervision", heads)
                .with("residual", any(".conv3.conv.weight"))
                .with("transposedBias", any(".transp_conv.conv.bias"))
                .with("affineNorms", !bare);
    }

    private boolean any(String end) {
        return weights.tensors().keySet().stream().anyMatch(name -> name.endsWith(end));
    }

    private boolean has(String name) {
        return weights.tensors().containsKey(name);
    }

    /** The shape of the weight of a layer; empty if there is none. */
    private int[] shape(String layer) {
        Tensor tensor = weights.tensors().get(layer + ".weight");
        return tensor == null ? new int[0] : tensor.shape();
    }

    private static List<Integer> axes(int[] shape) {
        return Arrays.stream(shape).skip(2).boxed().toList();
    }
}
