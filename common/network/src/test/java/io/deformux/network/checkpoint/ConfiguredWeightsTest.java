package io.deformux.network.checkpoint;

import static io.deformux.failure.FailureCode.MODEL_INVALID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.JobException;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.deformux.DeformUxNet;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfiguredWeightsTest {
    private static final DeformUxNetConfig TINY =
            new DeformUxNetConfig(1, 3, List.of(2, 3, 4, 5), List.of(1, 2, 1, 3), 6, 3);

    static Stream<DeformUxNetConfig> configs() {
        return Stream.of(
                TINY,
                new DeformUxNetConfig(1, 5, List.of(4, 4, 4, 4), List.of(1, 1, 1, 1), 4, 1),
                new DeformUxNetConfig(2, 1, List.of(3, 2, 5, 1), List.of(12, 1, 1, 2), 2, 3));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void shapesTellTheConfiguration(DeformUxNetConfig config) {
        assertThat(ConfiguredWeights.of(
                                DeformUxNet.ARCHITECTURE, config.modules().randomWeights(1), NetworkSettings.NONE)
                        .config())
                .isEqualTo(config);
    }

    @Test
    void everyFaultIsListed() {
        refused(tensors -> {
                    tensors.remove("encoder2.layer.conv1.conv.weight");
                    tensors.remove("deformuxnet_3d.stages.1.0.gamma");
                    tensors.put("optimizer.step", new Tensor(new int[0], new float[1]));
                    tensors.put("out.conv.conv.bias", new Tensor(new int[] {2}, new float[2]));
                })
                .hasMessageContaining("(4 tensors)")
                .hasMessageContaining("missing encoder2.layer.conv1.conv.weight")
                .hasMessageContaining("missing deformuxnet_3d.stages.1.0.gamma")
                .hasMessageContaining("extra optimizer.step")
                .hasMessageContaining("out.conv.conv.bias has shape [2] instead of [3]");
    }

    @Test
    void theListIsBounded() {
        refused(tensors -> {
                    for (int n = 0; n < 10_000; n++) {
                        tensors.put("x".repeat(200) + n, new Tensor(new int[0], new float[1]));
                    }
                })
                .hasMessageEndingWith("; and 9800 more")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(50_000));
    }

    @Test
    void anotherNetworkIsComparedWithThePublishedOne() {
        assertThatThrownBy(() -> ConfiguredWeights.of(
                        DeformUxNet.ARCHITECTURE,
                        new Weights(Map.of("fc.weight", new Tensor(new int[] {1}, new float[1]))),
                        NetworkSettings.NONE))
                .hasMessageContaining("missing deformuxnet_3d.norm0.weight")
                .hasMessageContaining("extra fc.weight");
    }

    @Test
    void valuesThatAreNotFiniteAreRefused() {
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            refused(tensors -> tensors.get("deformuxnet_3d.norm3.bias").values()[1] = value)
                    .hasMessageContaining("deformuxnet_3d.norm3.bias holds NaN or infinity");
        }
    }

    @Test
    void sizesBeyondTheLimitsAreRefused() {
        refused(tensors -> tensors.put("deformuxnet_3d.stages.0.9999.gamma", new Tensor(new int[] {2}, new float[2])))
                .hasMessageContaining("depths must be 1 to 64");
        refused(tensors -> tensors.put("out.conv.conv.weight", new Tensor(new int[] {0}, new float[0])))
                .hasMessageContaining("outChannels must be 1 to");
        refused(tensors -> {
                    String name = "deformuxnet_3d.stages.0.0.ddc.conv_offset.weight";
                    tensors.put(name, new Tensor(new int[] {81, 2, 5, 5, 5}, new float[81 * 2 * 125]));
                })
                .hasMessageContaining("offsetKernel must be 1 or 3, not 5");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Consumer<Map<String, Tensor>> change) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        TINY.modules()
                .randomWeights(1)
                .tensors()
                .forEach((name, tensor) -> tensors.put(
                        name, new Tensor(tensor.shape(), Arrays.copyOf(tensor.values(), tensor.values().length))));
        change.accept(tensors);
        return assertThatThrownBy(() ->
                        ConfiguredWeights.of(DeformUxNet.ARCHITECTURE, new Weights(tensors), NetworkSettings.NONE))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.code()).isEqualTo(MODEL_INVALID));
    }
}
