package io.deformux.network.weights;

import static io.deformux.network.architecture.deformux.TinyNetwork.TINY;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightsTest {
    @Test
    void randomWeightsFitAndAreTheSameForTheSameSeed() {
        Weights weights = TINY.modules().randomWeights(7);

        TINY.modules().requireFit(weights);
        assertThatArray(TINY.modules()
                        .randomWeights(7)
                        .get("out.conv.conv.weight")
                        .values())
                .isEqualTo(weights.get("out.conv.conv.weight").values());
        assertThatArray(TINY.modules()
                        .randomWeights(8)
                        .get("out.conv.conv.weight")
                        .values())
                .isNotEqualTo(weights.get("out.conv.conv.weight").values());
    }

    /** Computed apart from this code, so that another JVM or a careless change shows. */
    @Test
    void theGeneratorIsPinned() {
        CounterRandom random = new CounterRandom(0);
        // The first outputs of SplitMix64 from seed 0 are E220A8397B1DCDAF and 6E789E6AA1B965F4.
        assertThat(random.uniform(0, 0)).isEqualTo(0xE220A8 * 0x1p-24);
        assertThat(random.uniform(0, 1)).isEqualTo(0x6E789E * 0x1p-24);
    }

    @Test
    void startsAsTheReferenceDoes() {
        Weights weights = TINY.modules().randomWeights(3);

        assertThatArray(weights.get("deformuxnet_3d.stages.1.1.gamma").values()).containsOnly(1e-6f);
        assertThatArray(weights.get("deformuxnet_3d.stages.0.0.ddc.conv_offset.weight")
                        .values())
                .containsOnly(0f);
        assertThatArray(weights.get("deformuxnet_3d.stages.0.0.ddc.conv_offset.bias")
                        .values())
                .containsOnly(0f);
        assertThatArray(weights.get("deformuxnet_3d.norm2.weight").values()).containsOnly(1f);
        assertThatArray(weights.get("deformuxnet_3d.downsample_layers.1.0.bias").values())
                .containsOnly(0f);
        assertBound(weights, "deformuxnet_3d.downsample_layers.0.0.weight", 343);
        assertBound(weights, "deformuxnet_3d.stages.3.0.ddc.weight", 27);
        assertBound(weights, "encoder5.layer.conv2.conv.weight", 12 * 27);
        assertBound(weights, "decoder5.transp_conv.conv.weight", 10 * 8);
        assertBound(weights, "deformuxnet_3d.stages.3.0.pwconv2.bias", 4);
    }

    private static void assertBound(Weights weights, String name, int fanIn) {
        float[] values = weights.get(name).values();
        double bound = 1 / Math.sqrt(fanIn);
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest)
                .as(name)
                .isLessThanOrEqualTo(bound)
                .isCloseTo(bound, within(bound * 5 / values.length + 0.02));
    }

    @Test
    void listsEverythingThatDoesNotFit() {
        Map<String, Tensor> tensors =
                new LinkedHashMap<>(TINY.modules().randomWeights(1).tensors());
        tensors.remove("out.conv.conv.bias");
        tensors.put("something.else", new Tensor(new int[] {1}, new float[1]));
        tensors.put("deformuxnet_3d.norm0.weight", new Tensor(new int[] {2, 2}, new float[4]));
        float[] broken = new float[4];
        Arrays.fill(broken, Float.NaN);
        tensors.put("deformuxnet_3d.norm0.bias", new Tensor(new int[] {4}, broken));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TINY.modules().requireFit(new Weights(tensors)))
                .withMessageContaining("missing out.conv.conv.bias")
                .withMessageContaining("extra something.else")
                .withMessageContaining("deformuxnet_3d.norm0.weight has shape [2, 2] instead of [4]")
                .withMessageContaining("deformuxnet_3d.norm0.bias holds NaN");
    }
}
