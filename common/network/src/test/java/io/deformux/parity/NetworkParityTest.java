package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.network.FastProbe;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.deformux.ModuleProbe;
import io.deformux.network.architecture.deformux.ModuleProbe.Run;
import io.deformux.network.architecture.deformux.ModuleProbe.Values;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import io.deformux.parity.Npz.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Whole networks of {@code net.json}: names, order and number of their parameters, logits and every map in between,
 * and the gradients of a training step.
 */
@Tag("parity")
@Tag("arithmetic")
class NetworkParityTest {
    private static final double TOLERANCE = 2e-4;
    /** Its true gradient is almost zero, so what is left is rounding (note B of the fixtures). */
    private static final String WITHOUT_GRADIENT = "encoder1.layer.conv3.conv.weight";

    @TestFactory
    Stream<DynamicTest> parameters() {
        return configs().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    DeformUxNetConfig config = NetworkCases.config(entry.getValue());
                    ModuleTree parameters = config.modules();
                    assertThat(parameters.count())
                            .isEqualTo(entry.getValue().get("num_params").asLong());
                    Weights weights = NetworkCases.weights(Fixtures.npz("net/" + entry.getKey() + "_weights.npz"));
                    config.modules().requireFit(weights);
                    JsonNode order = Fixtures.json("net/net.json").path(entry.getKey() + "_key_order");
                    if (order.isArray()) {
                        List<String> names = new ArrayList<>();
                        order.forEach(name -> names.add(name.asText()));
                        assertThat(parameters.shapes().keySet()).containsExactlyElementsOf(names);
                    }
                }));
    }

    /** Every file that holds an input, for the network that its name starts with. */
    @TestFactory
    Stream<DynamicTest> maps() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : configs().entrySet()) {
            for (String file : files(entry.getKey() + "_")) {
                if (Fixtures.npz("net/" + file).has("input")) {
                    tests.add(DynamicTest.dynamicTest(file, () -> compareMaps(entry.getKey(), entry.getValue(), file)));
                }
            }
        }
        return tests.stream();
    }

    private static void compareMaps(String name, JsonNode node, String file) {
        DeformUxNetConfig config = NetworkCases.config(node);
        Weights weights = NetworkCases.weights(Fixtures.npz("net/" + name + "_weights.npz"));
        Npz npz = Fixtures.npz("net/" + file);
        Values image = NetworkCases.values(npz.get("input"));
        Set<String> left = new HashSet<>(npz.arrays().keySet());
        left.remove("input");

        try (ModuleProbe network = ModuleProbe.part(config, weights, "")) {
            left.removeAll(compare(npz, "logits", network.forward(image)));
        }
        try (ModuleProbe network = ModuleProbe.onGpu(config, weights)) {
            compare(npz, "logits", network.forward(image));
        }
        for (Kernels kernels : List.of(Kernels.plain(), Kernels.best())) {
            compare(
                    npz,
                    "logits",
                    FastProbe.forward(config, weights, Precision.FP32, kernels, image),
                    (array, actual, expected) ->
                            ForcedArithmeticTolerance.requireLogits(array, actual, expected, TOLERANCE));
        }
        Set<String> maps = new HashSet<>();
        new NetworkMaps(config, weights, (map, values) -> maps.addAll(compare(npz, map, values))).run(image);
        left.removeAll(maps);

        assertThat(left).as("maps that nothing was compared with").isEmpty();
    }

    /** Compares what the file holds of one map: all of it, one sample, or every second voxel; says what that was. */
    private static Set<String> compare(Npz npz, String map, Values actual) {
        return compare(npz, map, actual, (name, values, expected) -> assertThatArray(values)
                .as(name)
                .isCloseTo(expected, TOLERANCE));
    }

    /** How the values of one array are compared. */
    interface Comparison {
        void of(String name, double[] actual, double[] expected);
    }

    static Set<String> compare(Npz npz, String map, Values actual, Comparison comparison) {
        Set<String> compared = new HashSet<>();
        npz.arrays().forEach((name, expected) -> {
            boolean strided = name.endsWith(".s2");
            String plain = strided ? name.substring(0, name.length() - 3) : name;
            int sample = plain.startsWith(map + "_sample")
                    ? Integer.parseInt(plain.substring((map + "_sample").length()))
                    : -1;
            if (plain.equals(map) || sample >= 0) {
                double[] part = NetworkCases.part(actual, sample, strided ? 2 : 1);
                comparison.of(name, part, expected.doubles());
                compared.add(name);
            }
        });
        return compared;
    }

    /** The first step of every training case: logits of the first batch, and the gradients that DiceCE sends back. */
    @TestFactory
    Stream<DynamicTest> training() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : configs().entrySet()) {
            for (String file : files(entry.getKey() + "_train")) {
                if (file.endsWith("_grad_step0.npz")) {
                    tests.add(DynamicTest.dynamicTest(
                            file, () -> compareTraining(entry.getKey(), entry.getValue(), file)));
                }
            }
        }
        return tests.stream();
    }

    private static void compareTraining(String name, JsonNode node, String file) {
        DeformUxNetConfig config = NetworkCases.config(node);
        Weights weights = NetworkCases.weights(Fixtures.npz("net/" + name + "_weights.npz"));
        Npz batches = Fixtures.npz("net/" + name + "_train_batches.npz");
        boolean constantOffsets = file.startsWith(name + "_trainB");
        NpyArray logits = batches.get("logits0");
        if (constantOffsets) {
            Npz offsets = Fixtures.npz("net/" + name + "_trainB_offset_bias.npz");
            weights = withConstantOffsets(weights, offsets.get("offset_bias").floats());
            logits = offsets.get("logits0");
        }
        Values image = NetworkCases.values(batches.get("x0"));
        double each = constantOffsets ? 1e-2 : 5e-2;
        double all = constantOffsets ? 2e-3 : 5e-3;
        for (ModuleProbe probe : List.of(ModuleProbe.part(config, weights, ""), ModuleProbe.onGpu(config, weights))) {
            try (ModuleProbe network = probe) {
                Values actual = network.forward(image);
                assertThatArray(actual.values()).isCloseTo(logits.doubles(), TOLERANCE);
                Values gradient =
                        DiceCrossEntropy.gradient(actual, batches.get("y0").ints());
                Run run = network.backward(gradient, image);
                compareGradients(run, Fixtures.npz("net/" + file), each, all);
            }
        }
    }

    private static void compareGradients(Run run, Npz expected, double eachTolerance, double allTolerance) {
        assertThat(run.parameterGradients().keySet())
                .hasSameElementsAs(expected.arrays().keySet());
        double differences = 0;
        double squares = 0;
        for (Map.Entry<String, Values> entry : run.parameterGradients().entrySet()) {
            if (!entry.getKey().equals(WITHOUT_GRADIENT)) {
                double[] reference = expected.get(entry.getKey()).doubles();
                double difference = 0;
                double square = 0;
                for (int n = 0; n < reference.length; n++) {
                    difference += Math.pow(entry.getValue().values()[n] - reference[n], 2);
                    square += reference[n] * reference[n];
                }
                assertThat(Math.sqrt(difference / square)).as(entry.getKey()).isLessThanOrEqualTo(eachTolerance);
                differences += difference;
                squares += square;
            }
        }
        assertThat(Math.sqrt(differences / squares)).isLessThanOrEqualTo(allTolerance);
    }

    private static Weights withConstantOffsets(Weights weights, float[] bias) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.tensors());
        tensors.replaceAll((name, tensor) -> name.endsWith("conv_offset.weight")
                ? new Tensor(tensor.shape(), new float[tensor.values().length])
                : name.endsWith("conv_offset.bias") ? new Tensor(tensor.shape(), bias) : tensor);
        return new Weights(tensors);
    }

    /** Parameter counts of the published network, over numbers of classes and by module. */
    @TestFactory
    Stream<DynamicTest> counts() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> variant :
                Fixtures.json("net/counts.json").get("parameters").properties()) {
            int kernel = Integer.parseInt(variant.getKey().replace("offset_kernel_", ""));
            tests.add(DynamicTest.dynamicTest(variant.getKey(), () -> compareCounts(variant.getValue(), kernel)));
        }
        return tests.stream();
    }

    private static void compareCounts(JsonNode variant, int offsetKernel) {
        variant.properties().forEach(entry -> {
            if (entry.getKey().matches("out_chans_\\d+")) {
                ModuleTree parameters = published(entry.getKey(), offsetKernel);
                assertThat(parameters.count())
                        .as(entry.getKey())
                        .isEqualTo(entry.getValue().asLong());
            } else if (entry.getKey().endsWith("_by_module")) {
                Map<String, Long> byModule = new HashMap<>();
                published(entry.getKey().replace("_by_module", ""), offsetKernel)
                        .shapes()
                        .forEach((name, shape) ->
                                byModule.merge(name.substring(0, name.indexOf('.')), elements(shape), Long::sum));
                entry.getValue().properties().forEach(module -> assertThat(byModule)
                        .containsEntry(module.getKey(), module.getValue().asLong()));
            } else {
                long offsets = published("out_chans_16", offsetKernel).shapes().entrySet().stream()
                        .filter(parameter -> parameter.getKey().contains("conv_offset"))
                        .mapToLong(parameter -> elements(parameter.getValue()))
                        .sum();
                assertThat(entry.getKey()).isEqualTo("all_conv_offset");
                assertThat(offsets).isEqualTo(entry.getValue().asLong());
            }
        });
    }

    private static ModuleTree published(String outChannels, int offsetKernel) {
        DeformUxNetConfig config = DeformUxNetConfig.published(Integer.parseInt(outChannels.replace("out_chans_", "")));
        return new DeformUxNetConfig(
                        config.inChannels(),
                        config.outChannels(),
                        config.featureSizes(),
                        config.depths(),
                        config.hidden(),
                        offsetKernel)
                .modules();
    }

    private static long elements(int[] shape) {
        return Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    }

    /** The networks that net.json describes. */
    static Map<String, JsonNode> configs() {
        Map<String, JsonNode> configs = new LinkedHashMap<>();
        Fixtures.json("net/net.json").properties().forEach(entry -> {
            if (entry.getValue().has("feat_size")) {
                configs.put(entry.getKey(), entry.getValue());
            }
        });
        return configs;
    }

    static List<String> files(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(Fixtures.fixture("net"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith(prefix) && file.endsWith(".npz"))
                    .sorted()
                    .toList();
        }
    }
}
