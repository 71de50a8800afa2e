package io.deformux.network.architecture.nnunet;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.within;

import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.checkpoint.ConfiguredWeights;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings may say, what follows from them, and what weights tell of them. */
class NnUNetConfigTest {

    private static NnUNetConfig given(Map<String, String> settings) {
        return NnUNet.ARCHITECTURE.configured(1, 3, NetworkSettings.given(settings));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "features | [8] | features needs 2",
                "features | 8,0 | features must be 1",
                "kernels | [[3,3,3]] | features needs 2",
                "kernels | [3,3,3],[3,3] | kernels needs 3",
                "kernels | [3,3,3],[2,3,3] | no such convolution: kernel 2",
                "strides | [1,1,2],[2,2,2] | strides must begin",
                "strides | [1,1,1],[5,2,2] | no such convolution: kernel 3 with stride 5",
                "blocks | 2,2,3,2,2,2 | dynunet has two convolutions at every level",
                "decoderConvolutions | 2,2 | decoderConvolutions needs 5",
                "deepSupervision | 5 | deepSupervision must be 0 to 4",
                "implementation | v-net | implementation must be one of dynunet, generic-unet, residual-encoder-unet, plain-conv-unet"
            })
    void refusesWhatIsNoNetwork(String name, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> given(Map.of(name, value)))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"generic-unet", "plain-conv-unet", "residual-encoder-unet"})
    void whatDynUNetAloneCanDoIsRefusedForTheOthers(String implementation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> given(Map.of("implementation", implementation, "residual", "true")))
                .withMessageContaining("for dynunet alone");
    }

    @Test
    void takesMultiplesOfItsOwnStridesAlongEachAxis() {
        NnUNetConfig flat = given(Map.of("strides", "[1,1,1],[1,2,2],[2,2,4]"));
        assertThatNoException().isThrownBy(() -> flat.requireSize(2, 12, 24));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flat.requireSize(2, 6, 8))
                .withMessageContaining("multiples of 2x4x8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> flat.requireSize(2, 4, 8))
                .withMessageContaining("one voxel");
    }

    @Test
    void eachCoarserOutputCountsHalfAndTheDeepestOfVersionOneNothing() {
        assertThat(given(Map.of("implementation", "generic-unet")).lossWeights())
                .containsExactly(8 / 15.0, 4 / 15.0, 2 / 15.0, 1 / 15.0, 0.0);
        assertThat(given(Map.of("implementation", "dynunet", "deepSupervision", "2"))
                        .lossWeights())
                .containsExactly(4 / 7.0, 2 / 7.0, 1 / 7.0);
        assertThat(given(Map.of("deepSupervision", "0")).lossWeights()).containsExactly(1.0);
    }

    @Test
    void startsFromTheWeightsThatKaimingGivesForALeakyReluAndFromBiasesOfZero() {
        Weights weights =
                given(Map.of("implementation", "generic-unet")).modules().randomWeights(5);
        float[] kernel =
                weights.get("conv_blocks_context.2.blocks.1.conv.weight").values();
        double square = 0;
        for (float value : kernel) {
            square += value * value;
        }
        double deviation = Math.sqrt(2 / (1.0001 * 128 * 27));
        assertThat(Math.sqrt(square / kernel.length)).isCloseTo(deviation, within(deviation / 100));
        assertThatArray(weights.get("conv_blocks_context.2.blocks.1.conv.bias").values())
                .isEqualTo(new float[128]);
    }

    /** Every option, and levels that differ in kernel, stride and channels, of which the finest needs no projection. */
    @ParameterizedTest
    @CsvSource({"true, true, false", "true, false, true", "false, false, false", "false, true, true"})
    void everythingThatChangesTheWeightsIsToldByThem(boolean residual, boolean affine, boolean bias) {
        NnUNetConfig config = NnUNet.ARCHITECTURE.configured(
                4,
                3,
                NetworkSettings.given(Map.of("features", "4,6,6,8", "kernels", "[1,3,3],[3,3,3],[3,5,3],[3,3,3]"))
                        .with(
                                "strides",
                                List.of(List.of(1, 1, 1), List.of(1, 2, 2), List.of(1, 1, 1), List.of(2, 2, 1)))
                        .with("residual", residual)
                        .with("affineNorms", affine)
                        .with("transposedBias", bias)
                        .with("deepSupervision", 1));
        Weights weights = config.modules().randomWeights(1);
        Map<String, Tensor> twice = new LinkedHashMap<>(weights.tensors());
        weights.tensors().forEach((name, tensor) -> twice.put("skip_layers." + name, tensor));
        assertThat(ConfiguredWeights.of(NnUNet.ARCHITECTURE, new Weights(twice), NetworkSettings.NONE)
                        .config())
                .isEqualTo(config);
        assertThat(weights.tensors().containsKey("input_block.conv3.conv.weight"))
                .isFalse();
        assertThat(weights.tensors().containsKey("downsamples.0.conv3.conv.weight"))
                .isEqualTo(residual);
    }
}
