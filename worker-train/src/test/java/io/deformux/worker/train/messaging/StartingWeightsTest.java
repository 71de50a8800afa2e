package io.deformux.worker.train.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.network.Architectures;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.checkpoint.SafetensorsWriter;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a training is given to start from is taken, or refused by what is wrong with it. */
class StartingWeightsTest {
    private static final NetworkSettings NNFORMER = NetworkSettings.NONE
            .with("imageSize", List.of(32, 32, 32))
            .with("embedding", 8)
            .with("depths", List.of(1, 1, 1, 1))
            .with("heads", List.of(1, 2, 4, 8))
            .with("windows", List.of(4, 4, 2, 1));
    private static final NetworkSettings NNUNET = NetworkSettings.NONE.with("features", List.of(4, 6, 8, 8));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"nnformer, true", "nnformer, false", "nnu-net, 2", "nnu-net, 0"})
    void weightsOfTheSameNetworkAreTaken(String architecture, String supervision) throws IOException {
        NetworkConfig network = network(architecture, 3, supervision);
        Weights weights = network.modules().randomWeights(1);

        assertThat(StartingWeights.read(written(weights), network).tensors().keySet())
                .isEqualTo(weights.tensors().keySet());
    }

    /** A published network predicts by one output and has no weights for those that its training looks at besides. */
    @ParameterizedTest
    @CsvSource({"nnformer, true, false", "nnformer, false, true", "nnu-net, 2, 0", "nnu-net, 1, 2"})
    void otherOutputsOfCoarserLevelsAreToldByTheSettingThatMakesThem(String architecture, String wanted, String found) {
        Weights weights = network(architecture, 3, found).modules().randomWeights(1);

        assertThatThrownBy(() -> StartingWeights.read(written(weights), network(architecture, 3, wanted)))
                .isInstanceOfSatisfying(JobException.class, e -> {
                    assertThat(e.code()).isEqualTo(FailureCode.MODEL_INVALID);
                    assertThat(e.getMessage())
                            .startsWith("the initial weights: ")
                            .contains("the setting deepSupervision is given as " + wanted + ", but the weights say "
                                    + found)
                            .endsWith("train with the settings that the weights have");
                });
    }

    @Test
    void weightsForOtherLabelsAreTold() {
        Weights weights = network("nnu-net", 5, "0").modules().randomWeights(1);

        assertThatThrownBy(() -> StartingWeights.read(written(weights), network("nnu-net", 3, "0")))
                .hasMessageContaining("they are of a network of 5 outputs, and the data set has 3");
    }

    /** A state dict of the reference has tables beside its weights. */
    @Test
    void tablesThatFollowFromTheSettingsAreLeftOut() throws IOException {
        NetworkConfig network = network("nnformer", 3, "false");
        Weights weights = network.modules().randomWeights(1);
        Map<String, Tensor> more = new LinkedHashMap<>(weights.tensors());
        more.put(
                "model_down.layers.0.blocks.0.attn.relative_position_index",
                new Tensor(new int[] {2, 2}, new float[] {0, 1, 2, 3}));

        assertThat(StartingWeights.read(written(new Weights(more)), network)
                        .tensors()
                        .keySet())
                .isEqualTo(weights.tensors().keySet());
    }

    private static NetworkConfig network(String architecture, int outputs, String supervision) {
        NetworkSettings settings = architecture.equals("nnformer")
                ? NNFORMER.with("deepSupervision", Boolean.parseBoolean(supervision))
                : NNUNET.with("deepSupervision", Integer.parseInt(supervision));
        return Architectures.configured(architecture, 1, outputs, settings);
    }

    private Path written(Weights weights) throws IOException {
        Path file = folder.resolve("weights.safetensors");
        SafetensorsWriter.write(file, weights, Precision.FP32);
        return file;
    }
}
