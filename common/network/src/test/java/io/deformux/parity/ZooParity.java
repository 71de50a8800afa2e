package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.network.MultiplyAccumulates;
import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.deformux.ModuleProbe.Values;
import io.deformux.network.checkpoint.ConfiguredWeights;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * One architecture against the fixtures of {@code zoo}: outputs, gradients, imports, parameter counts and names of the published
 * configurations. A subclass says how the fixtures call it, and nothing about sizes.
 */
@Tag("parity")
abstract class ZooParity {
    private static final int NUDGES = 8;

    private final String name;
    private final Architecture<?> architecture;
    private final String inChannels;
    private final String outChannels;
    private final Map<String, String> settings;

    /**
     * A test of an architecture.
     *
     * @param name what {@code zoo.json} and {@code counts.json} call it
     * @param inChannels their field for the image channels
     * @param outChannels their field for the classes
     * @param settings their other fields that matter: name there to name here
     */
    ZooParity(
            String name,
            Architecture<?> architecture,
            String inChannels,
            String outChannels,
            Map<String, String> settings) {
        this.name = name;
        this.architecture = architecture;
        this.inChannels = inChannels;
        this.outChannels = outChannels;
        this.settings = settings;
    }

    /** The network of a configuration of the fixtures. */
    NetworkConfig config(JsonNode fields) {
        ObjectNode own = JsonMapper.builder().build().createObjectNode();
        settings.forEach((theirs, ours) -> {
            if (fields.has(theirs)) {
                own.set(ours, fields.get(theirs));
            }
        });
        return architecture.configured(
                fields.path(inChannels).asInt(1), fields.get(outChannels).asInt(), NetworkSettings.of(own));
    }

    /** The networks of a file of the fixtures that are of this architecture, at least one. */
    private List<JsonNode> networks(String file) {
        List<JsonNode> networks = new ArrayList<>();
        Fixtures.json("zoo/" + file).get("networks").forEach(network -> {
            if (network.get("architecture").asText().equals(name)) {
                networks.add(network);
            }
        });
        assertThat(networks).as(name + " in " + file).isNotEmpty();
        return networks;
    }

    @TestFactory
    Stream<DynamicTest> outputs() {
        return cases((network, one) -> compareAll(network, one, ZooRun::outputs));
    }

    /** As inference workers compute it on a CPU, where that is otherwise. */
    @TestFactory
    Stream<DynamicTest> fastOutputs() {
        return cases((network, one) -> {
            if (config(network.get("config")).cpuForm().isPresent()) {
                compareAll(network, one, ZooRun::fastOutputs);
            }
        });
    }

    /** A way to predict; the finest output first. */
    private interface Prediction {
        List<Values> of(NetworkConfig config, Weights weights, Npz.NpyArray input);
    }

    private void compareAll(JsonNode network, JsonNode one, Prediction prediction) {
        Npz npz = Fixtures.npz("zoo/" + one.get("file").asText());
        List<Values> outputs = prediction.of(config(network.get("config")), weights(network, one), npz.get("input"));
        int n = 0;
        for (JsonNode expected : one.get("outputs")) {
            if (n < outputs.size()) {
                compare(
                        outputs.get(n++),
                        expected,
                        npz.get(expected.get("array").asText()));
            }
        }
        assertThat(n)
                .isEqualTo(Math.min(outputs.size(), one.get("outputs").size()))
                .isPositive();
    }

    private static void compare(Values actual, JsonNode expected, Npz.NpyArray array) {
        double tolerance = expected.get("tolerance_abs").asDouble();
        assertThatArray(actual.shape()).isEqualTo(ints(expected.get("full_shape")));
        assertThatArray(ZooRun.part(
                        actual,
                        ints(expected.get("start")),
                        expected.get("step").asInt()))
                .isCloseTo(array.doubles(), tolerance);
        double[][] means = ZooRun.channelMeans(actual);
        for (int c = 0; c < actual.shape()[1]; c++) {
            assertThat(means[0][c])
                    .isCloseTo(expected.get("channel_mean_float64").get(c).asDouble(), within(tolerance));
            assertThat(means[1][c])
                    .isCloseTo(expected.get("channel_abs_mean_float64").get(c).asDouble(), within(tolerance));
        }
    }

    /**
     * A value that lies within rounding of the kink of a leaky ReLU takes either of its two slopes, and in a coarse map one
     * such value moves gradients by more than the tolerance. Such a value is off for some images that differ by a rounding,
     * a mistake for all of them.
     */
    @TestFactory
    Stream<DynamicTest> gradients() {
        return cases((network, one) -> {
            JsonNode gradient = one.get("gradient");
            if (gradient != null) {
                Npz npz = Fixtures.npz("zoo/" + one.get("file").asText());
                double tolerance = gradient.get("tolerance_relative_l2").asDouble();
                Map<String, Double> distances = distances(network, one, npz, 0);
                for (int nudge = 1; nudge <= NUDGES && Collections.max(distances.values()) >= tolerance; nudge++) {
                    distances = distances(network, one, npz, nudge);
                }
                assertThat(distances.values())
                        .as(distances.toString())
                        .isNotEmpty()
                        .allMatch(distance -> distance < tolerance);
            }
        });
    }

    private Map<String, Double> distances(JsonNode network, JsonNode one, Npz npz, int nudge) {
        Map<String, float[]> gradients =
                ZooRun.gradients(config(network.get("config")), weights(network, one), npz, nudge);
        Map<String, Double> distances = new LinkedHashMap<>();
        npz.arrays().forEach((name, expected) -> {
            if (name.startsWith("grad.")) {
                float[] actual = gradients.get(name.substring("grad.".length()));
                distances.put(name, ZooRun.relativeDistance(actual, expected.doubles()));
            }
        });
        return distances;
    }

    @TestFactory
    Stream<DynamicTest> imports() {
        return networks("zoo.json").stream()
                .map(network -> dynamicTest(network.get("id").asText(), () -> {
                    NetworkConfig config = config(network.get("config"));
                    Weights weights = NetworkCases.weights(
                            Fixtures.npz("zoo/" + network.get("weights").asText()));
                    assertThat(config.modules().count())
                            .isEqualTo(network.get("parameters").asLong());
                    ConfiguredWeights<?> imported =
                            ConfiguredWeights.of(architecture, checkpoint(network, weights), config.settings());
                    assertThat(imported.config()).isEqualTo(config);
                    assertThat(imported.weights().tensors()).hasSameSizeAs(weights.tensors());
                    imported.weights().tensors().forEach((tensor, values) -> assertThatArray(values.values())
                            .as(tensor)
                            .isEqualTo(weights.get(tensor).values()));
                }));
    }

    /** The weights as a whole state dict: with tables and counters, whose values nobody reads, and second names. */
    private static Weights checkpoint(JsonNode network, Weights weights) {
        Map<String, Tensor> all = new LinkedHashMap<>(weights.tensors());
        network.get("ignored_buffers").forEach(name -> all.put(name.asText(), new Tensor(new int[] {1}, new float[1])));
        network.get("aliases")
                .properties()
                .forEach(alias ->
                        all.put(alias.getKey(), weights.get(alias.getValue().asText())));
        return new Weights(all);
    }

    @TestFactory
    Stream<DynamicTest> counts() {
        return networks("counts.json").stream()
                .map(network -> dynamicTest(network.get("id").asText(), () -> {
                    for (Map.Entry<String, JsonNode> count :
                            network.get("parameters").properties()) {
                        NetworkConfig config = published(network, Integer.parseInt(count.getKey()));
                        assertThat(config.modules().count())
                                .as(count.getKey() + " classes")
                                .isEqualTo(count.getValue().asLong());
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> work() {
        JsonNode counts = Fixtures.json("zoo/counts.json");
        int[] size = ints(counts.get("image_size"));
        return networks("counts.json").stream()
                .filter(network -> network.has("gmac_at_96_16_classes"))
                .map(network -> dynamicTest(network.get("id").asText(), () -> {
                    double giga = MultiplyAccumulates.of(published(network, 16), size[0], size[1], size[2]) / 1e9;
                    assertThat(giga)
                            .isCloseTo(
                                    network.at("/gmac_at_96_16_classes/total").asDouble(), within(0.02));
                }));
    }

    @TestFactory
    Stream<DynamicTest> names() throws IOException {
        JsonNode dicts = stateDicts();
        return networks("counts.json").stream()
                .map(network -> dynamicTest(network.get("id").asText(), () -> {
                    Map<String, int[]> expected = new LinkedHashMap<>();
                    for (JsonNode entry : dicts.get(network.get("id").asText())) {
                        boolean second =
                                !entry.path(4).isNull() && !entry.path(4).isMissingNode();
                        if (!second && !entry.get(2).asText().contains("int")) {
                            expected.put(entry.get(0).asText(), ints(entry.get(1)));
                        }
                    }
                    ModuleTree modules = published(network, 16).modules();
                    assertThat(modules.shapes().keySet()).containsExactlyElementsOf(expected.keySet());
                    modules.shapes()
                            .forEach((tensor, shape) ->
                                    assertThatArray(shape).as(tensor).isEqualTo(expected.get(tensor)));
                }));
    }

    /** State dicts of the published sizes, with everything that they have beside weights, and random values. */
    @TestFactory
    Stream<DynamicTest> publishedImports() throws IOException {
        JsonNode dicts = stateDicts();
        return networks("counts.json").stream()
                .map(network -> dynamicTest(network.get("id").asText(), () -> {
                    Random random = new Random(1);
                    Map<Long, float[]> values = new HashMap<>();
                    Map<String, Tensor> all = new LinkedHashMap<>();
                    for (JsonNode entry : dicts.get(network.get("id").asText())) {
                        int[] shape = ints(entry.get(1));
                        all.put(
                                entry.get(0).asText(),
                                new Tensor(
                                        shape, values.computeIfAbsent(Tensor.length(shape), n -> random(n, random))));
                    }
                    NetworkConfig config = published(network, 16);
                    assertThat(ConfiguredWeights.of(architecture, new Weights(all), config.settings())
                                    .config())
                            .isEqualTo(config);
                }));
    }

    private static float[] random(long count, Random random) {
        float[] values = new float[Math.toIntExact(count)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    private static JsonNode stateDicts() throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(Fixtures.fixture("zoo/state_dicts.json.gz")))) {
            JsonNode tree = JsonMapper.builder().build().readTree(in);
            return tree.has("networks") ? tree.get("networks") : tree;
        }
    }

    private NetworkConfig published(JsonNode network, int classes) {
        ObjectNode fields = network.get("config").deepCopy();
        fields.put(outChannels, classes);
        return config(fields);
    }

    /** What is done with a case of a network. */
    private interface CaseTest {
        void run(JsonNode network, JsonNode one);
    }

    private Stream<DynamicTest> cases(CaseTest test) {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode network : networks("zoo.json")) {
            for (JsonNode one : network.get("cases")) {
                tests.add(dynamicTest(one.get("id").asText(), () -> test.run(network, one)));
            }
        }
        return tests.stream();
    }

    private static Weights weights(JsonNode network, JsonNode one) {
        Weights weights = NetworkCases.weights(
                Fixtures.npz("zoo/" + network.get("weights").asText()));
        Map<String, Tensor> scaled = new LinkedHashMap<>(weights.tensors());
        one.path("weights_scaled")
                .properties()
                .forEach(factor -> scaled.computeIfPresent(factor.getKey(), (key, t) -> {
                    float[] values = t.values().clone();
                    for (int i = 0; i < values.length; i++) {
                        values[i] *= (float) factor.getValue().asDouble();
                    }
                    return new Tensor(t.shape(), values);
                }));
        return new Weights(scaled);
    }

    private static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        Arrays.setAll(values, i -> array.get(i).asInt());
        return values;
    }
}
