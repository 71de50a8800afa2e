package io.deformux.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.deformux.ModuleProbe.Values;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import io.deformux.parity.Npz.NpyArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Networks as the fixtures describe them. */
final class NetworkCases {

    private NetworkCases() {}

    /** A configuration of {@code net.json} or {@code full_recipe.json}. */
    static DeformUxNetConfig config(JsonNode node) {
        NetworkSizes s = NetworkSizes.of(node);
        return new DeformUxNetConfig(
                s.inChannels(), s.outChannels(), s.featureSizes(), s.depths(), s.hidden(), s.offsetKernel());
    }

    /** The weights in an npz file. */
    static Weights weights(Npz npz) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        npz.arrays().forEach((name, array) -> tensors.put(name, new Tensor(array.shape(), array.floats())));
        return new Weights(tensors);
    }

    /** An array as input or expectation of a network. */
    static Values values(NpyArray array) {
        return new Values(array.shape(), array.doubles());
    }

    /** Every {@code stride}-th voxel of one sample of (N, C, D, H, W), of all samples for -1. */
    static double[] part(Values values, int sample, int stride) {
        int[] s = values.shape();
        int firstMap = sample < 0 ? 0 : sample * s[1];
        int maps = sample < 0 ? s[0] * s[1] : s[1];
        DoubleStream.Builder part = DoubleStream.builder();
        for (int m = firstMap; m < firstMap + maps; m++) {
            for (int i = 0; i < s[2]; i += stride) {
                for (int j = 0; j < s[3]; j += stride) {
                    for (int k = 0; k < s[4]; k += stride) {
                        part.add(values.values()[((m * s[2] + i) * s[3] + j) * s[4] + k]);
                    }
                }
            }
        }
        return part.build().toArray();
    }
}
