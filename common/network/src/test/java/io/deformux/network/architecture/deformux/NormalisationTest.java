package io.deformux.network.architecture.deformux;

import static io.deformux.testing.ArrayAssert.assertThatArray;

import io.deformux.network.architecture.deformux.ModuleProbe.Values;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The two kinds of normalisation on numbers small enough to work out by hand. */
class NormalisationTest {
    private static final double TOLERANCE = 2e-5;

    @Test
    void layerNormLooksAtTheChannelsOfOneVoxel() {
        Weights weights = new Weights(Map.of(
                "weight", new Tensor(new int[] {2}, new float[] {1, 10}),
                "bias", new Tensor(new int[] {2}, new float[] {0, 0.5f})));
        // Two channels, two voxels: (1, 3) has mean 2, deviation 1; (5, 5) has deviation 0.
        Values first = new Values(new int[] {1, 2, 1, 1, 2}, new double[] {1, 5, 3, 5});
        Values last = new Values(new int[] {1, 1, 1, 2, 2}, new double[] {1, 3, 5, 5});
        try (ModuleProbe channelsFirst = ModuleProbe.layerNorm(2, false, weights);
                ModuleProbe channelsLast = ModuleProbe.layerNorm(2, true, weights)) {
            assertThatArray(channelsFirst.forward(first).values())
                    .isCloseTo(new double[] {-1, 0, 10.5, 0.5}, TOLERANCE);
            assertThatArray(channelsLast.forward(last).values()).isCloseTo(new double[] {-1, 10.5, 0, 0.5}, TOLERANCE);
        }
    }

    /**
     * A level whose convolutions pass the voxel on: x, normalised over the voxels of its sample, twice, plus x. The
     * voxels (0, 2) become (-1, 1), then (-0.01, 1), then (-1, 1) again, and with the input (-1, 3), so (-0.01, 3).
     */
    @Test
    void instanceNormLooksAtTheVoxelsOfOneChannel() {
        float[] identity = new float[27];
        identity[13] = 1;
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("layer.conv1.conv.weight", new Tensor(new int[] {1, 1, 3, 3, 3}, identity));
        tensors.put("layer.conv2.conv.weight", new Tensor(new int[] {1, 1, 3, 3, 3}, identity));
        Values voxels = new Values(new int[] {2, 1, 1, 1, 2}, new double[] {0, 2, 10, 30});
        try (ModuleProbe level = ModuleProbe.encoderLevel(1, 1, new Weights(tensors))) {
            assertThatArray(level.forward(voxels).values()).isCloseTo(new double[] {-0.01, 3, 9, 31}, 1e-3);
        }
    }
}
