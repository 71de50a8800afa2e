package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.network.PredictingNetwork;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.torchscript.TorchScriptArchive;
import io.deformux.network.weights.CounterRandom;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network at its published size on a 96x96x96 window, weights and image made from the recipe. */
@Tag("parity")
@Tag("arithmetic")
class FullNetworkParityTest {
    private static final int SIZE = 96;
    private static final int VOXELS = SIZE * SIZE * SIZE;

    private static JsonNode recipe;
    private static DeformUxNetConfig config;
    private static Weights weights;

    @BeforeAll
    static void makeWeights() {
        recipe = Fixtures.json("net/full_recipe.json");
        config = NetworkCases.config(recipe.get("config"));
        CounterRandom random =
                new CounterRandom(recipe.at("/generator/weights_seed").asLong());
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (JsonNode parameter : recipe.get("parameters")) {
            tensors.put(parameter.get("name").asText(), tensor(parameter, random));
        }
        weights = new Weights(tensors);
    }

    private static Tensor tensor(JsonNode parameter, CounterRandom random) {
        int[] shape = new int[parameter.get("shape").size()];
        int length = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = parameter.get("shape").get(axis).asInt();
            length *= shape[axis];
        }
        int k = parameter.get("index").asInt();
        double base = parameter.get("base").asDouble();
        double scale = parameter.get("scale").asDouble();
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (base + scale * (2.0 * random.uniform(k, i) - 1.0));
        }
        return new Tensor(shape, values);
    }

    @Test
    void theRecipeGivesTheWeightsItSays() {
        ModuleTree parameters = config.modules();
        assertThat(parameters.count()).isEqualTo(recipe.get("num_params").asLong());
        assertThat(weights.tensors().keySet())
                .containsExactlyElementsOf(parameters.shapes().keySet());
        config.modules().requireFit(weights);
        for (JsonNode parameter : recipe.get("parameters")) {
            float[] values = weights.get(parameter.get("name").asText()).values();
            double sum = 0;
            for (float value : values) {
                sum += value;
            }
            double expected = parameter.get("sum_float64").asDouble();
            assertThat(sum).isCloseTo(expected, within(Math.max(1e-9, 1e-9 * Math.abs(expected))));
            assertThat(values[0])
                    .isEqualTo((float) parameter.get("first3").get(0).asDouble());
            assertThat(values[values.length - 1])
                    .isEqualTo((float) parameter.get("last").asDouble());
        }
    }

    @Test
    void logits(@TempDir Path folder) throws IOException {
        Path archive = folder.resolve("model.pt");
        TorchScriptArchive.write(archive, config.program(), weights, Precision.FP32);
        float[] logits = new float[config.outChannels() * VOXELS];
        try (PredictingNetwork network = PredictingNetwork.load(archive, config, Device.cpu())) {
            network.forward(image(), 1, SIZE, SIZE, SIZE, view -> view.get(logits));
        }
        Npz expected = Fixtures.npz("net/full_expected.npz");
        recipe.get("blocks").properties().forEach(block -> assertThat(
                        difference(logits, expected.get(block.getKey()).floats(), start(block.getValue()), 1, 4))
                .as(block.getKey())
                .isLessThanOrEqualTo(ForcedArithmeticTolerance.logits(5e-4)));
        assertThat(difference(logits, expected.get("logits_stride12").floats(), new int[] {5, 5, 5}, 12, 8))
                .isLessThanOrEqualTo(ForcedArithmeticTolerance.logits(5e-4));
        assertThat(agreement(argMax(logits), expected.get("argmax_stride4").ints()))
                .isGreaterThanOrEqualTo(ForcedArithmeticTolerance.labels(0.999, 0.96));
        statistics(logits);
    }

    /**
     * Bfloat16's own tolerance: logits within 0.25, labels alike in 96 % of the voxels. The weights are random, so many
     * voxels are near a tie; a trained network agrees far better.
     */
    @Test
    void labelsInBfloat16(@TempDir Path folder) throws IOException {
        Path archive = folder.resolve("model.pt");
        TorchScriptArchive.write(archive, config.program(), weights, Precision.FP32);
        float[] logits = new float[config.outChannels() * VOXELS];
        try (PredictingNetwork network = PredictingNetwork.load(archive, config, Device.cpu(), Precision.BF16)) {
            network.forward(image(), 1, SIZE, SIZE, SIZE, view -> view.get(logits));
        }
        Npz expected = Fixtures.npz("net/full_expected.npz");
        double far = difference(logits, expected.get("logits_stride12").floats(), new int[] {5, 5, 5}, 12, 8);
        double alike = agreement(argMax(logits), expected.get("argmax_stride4").ints());
        assertThat(far).isLessThanOrEqualTo(0.25);
        assertThat(alike).isGreaterThanOrEqualTo(0.96);
    }

    private static FloatBuffer image() {
        CounterRandom random =
                new CounterRandom(recipe.at("/generator/input_seed").asLong());
        float[] image = new float[VOXELS];
        for (int i = 8 * SIZE * SIZE; i < VOXELS; i++) {
            image[i] = (float) random.uniform(0, i);
        }
        return FloatBuffer.wrap(image);
    }

    private static void statistics(float[] logits) {
        JsonNode perClass = recipe.at("/logits_statistics/per_class");
        for (int c = 0; c < config.outChannels(); c++) {
            double sum = 0;
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (int v = c * VOXELS; v < (c + 1) * VOXELS; v++) {
                sum += logits[v];
                min = Math.min(min, logits[v]);
                max = Math.max(max, logits[v]);
            }
            double mean = perClass.get(c).get("mean").asDouble();
            assertThat(sum / VOXELS)
                    .isCloseTo(mean, within(ForcedArithmeticTolerance.logits(Math.max(1e-5, 1e-4 * Math.abs(mean)))));
            assertThat(min)
                    .isCloseTo(perClass.get(c).get("min").asDouble(), within(ForcedArithmeticTolerance.logits(1e-3)));
            assertThat(max)
                    .isCloseTo(perClass.get(c).get("max").asDouble(), within(ForcedArithmeticTolerance.logits(1e-3)));
        }
    }

    private static double difference(float[] logits, float[] expected, int[] start, int stride, int count) {
        assertThatArray(expected).hasSize(config.outChannels() * count * count * count);
        double largest = 0;
        int n = 0;
        for (int c = 0; c < config.outChannels(); c++) {
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count; j++) {
                    for (int k = 0; k < count; k++) {
                        int voxel =
                                ((start[0] + i * stride) * SIZE + start[1] + j * stride) * SIZE + start[2] + k * stride;
                        largest = Math.max(largest, Math.abs(logits[c * VOXELS + voxel] - expected[n++]));
                    }
                }
            }
        }
        return largest;
    }

    /** The best class of every fourth voxel. */
    private static int[] argMax(float[] logits) {
        int[] best = new int[VOXELS / 64];
        int n = 0;
        for (int i = 0; i < SIZE; i += 4) {
            for (int j = 0; j < SIZE; j += 4) {
                for (int k = 0; k < SIZE; k += 4) {
                    int voxel = (i * SIZE + j) * SIZE + k;
                    for (int c = 1; c < config.outChannels(); c++) {
                        if (logits[c * VOXELS + voxel] > logits[best[n] * VOXELS + voxel]) {
                            best[n] = c;
                        }
                    }
                    n++;
                }
            }
        }
        return best;
    }

    private static double agreement(int[] a, int[] b) {
        assertThatArray(a).hasSize(b.length);
        int same = 0;
        for (int n = 0; n < a.length; n++) {
            same += a[n] == b[n] ? 1 : 0;
        }
        return (double) same / a.length;
    }

    private static int[] start(JsonNode array) {
        return new int[] {
            array.get(0).asInt(), array.get(1).asInt(), array.get(2).asInt()
        };
    }
}
