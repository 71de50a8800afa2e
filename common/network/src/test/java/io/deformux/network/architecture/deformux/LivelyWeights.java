package io.deformux.network.architecture.deformux;

import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Weights as after a training: offsets that move, blocks that count. */
public final class LivelyWeights {
    private LivelyWeights() {}

    /** As a network begins, but with gammas near 1, offsets of up to a few voxels, and norms that have learned. */
    public static Weights random(NetworkConfig config, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> tensors =
                new LinkedHashMap<>(config.modules().randomWeights(seed).tensors());
        tensors.replaceAll((name, tensor) -> {
            if (name.endsWith("gamma")) {
                return moved(tensor, random, 1, 0.5f);
            } else if (name.contains("conv_offset")) {
                return moved(tensor, random, 0, 0.1f);
            } else if (name.contains("norm")) {
                return moved(tensor, random, tensor.values()[0], 0.3f);
            }
            return tensor;
        });
        return new Weights(tensors);
    }

    private static Tensor moved(Tensor tensor, Random random, float centre, float reach) {
        float[] values = new float[tensor.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = centre + reach * (2 * random.nextFloat() - 1);
        }
        return new Tensor(tensor.shape(), values);
    }
}
