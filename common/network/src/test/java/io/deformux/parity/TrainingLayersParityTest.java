package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.network.architecture.deformux.ModuleProbe.Run;
import io.deformux.network.architecture.deformux.ModuleProbe.Values;
import io.deformux.network.training.LayerProbe;
import io.deformux.network.training.TrainingKernels;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** {@code deform/} and {@code blocks/} for the training form of the layers, with both sets of kernels. */
@Tag("parity")
class TrainingLayersParityTest {
    private static final List<String> DEFORM_RESULTS =
            List.of("output", "grad_input", "grad_offset", "grad_weight", "grad_bias");

    @TestFactory
    Stream<DynamicTest> deformable() {
        return Fixtures.json("deform/deform.json").properties().stream()
                .filter(entry -> !entry.getKey().startsWith("informational"))
                .filter(entry -> DeformableOperatorParityTest.likeTheNetwork(entry.getValue()))
                .flatMap(entry -> kernels()
                        .map(kernels -> DynamicTest.dynamicTest(
                                entry.getKey() + " " + kernels.name(), () -> deformable(entry.getKey(), kernels))));
    }

    private static void deformable(String name, TrainingKernels kernels) {
        Npz npz = Fixtures.npz("deform/" + name + ".npz");
        Run run = LayerProbe.deformable(
                kernels,
                values(npz, "grad_output"),
                values(npz, "input"),
                values(npz, "offset"),
                values(npz, "weight"),
                values(npz, "bias"));
        assertDeform(npz, 0, run.outputs().get(0), name);
        for (int n = 1; n < DEFORM_RESULTS.size(); n++) {
            assertDeform(npz, n, run.inputGradients().get(n - 1), name);
        }
    }

    private static void assertDeform(Npz npz, int result, Values actual, String name) {
        String what = DEFORM_RESULTS.get(result);
        int strays = what.equals("grad_offset") && DeformableOperatorParityTest.hasRoundedPositions(npz) ? 3 : 0;
        DeformableOperatorParityTest.assertClose(
                name + " " + what, actual.values(), npz.get(what).doubles(), result >= 3 ? 3e-5 : 1e-5, strays);
    }

    @TestFactory
    Stream<DynamicTest> blocks() {
        return Fixtures.json("blocks/blocks.json").properties().stream()
                // Norms with their channels last have no training form of their own.
                .filter(entry -> !entry.getKey().startsWith("layernorm_channels_last"))
                .flatMap(entry -> kernels()
                        .map(kernels -> DynamicTest.dynamicTest(
                                entry.getKey() + " " + kernels.name(), () -> block(entry, kernels))));
    }

    private static void block(Map.Entry<String, JsonNode> entry, TrainingKernels kernels) {
        Npz npz = Fixtures.npz("blocks/" + entry.getKey() + ".npz");
        Run run = run(entry.getKey(), npz, new LayerProbe(BlockFixtures.weights(npz), kernels));
        assertClose("output", run.outputs().get(0), npz, 2e-5);
        for (int n = 0; n < run.inputGradients().size(); n++) {
            assertGradient("grad_input" + n, run.inputGradients().get(n), npz);
        }
        run.parameterGradients().forEach((name, gradient) -> assertGradient("grad." + name, gradient, npz));
        assertThat(run.parameterGradients()).isNotEmpty();
    }

    private static Run run(String name, Npz npz, LayerProbe layer) {
        Values gradient = values(npz, "grad_output");
        Values input = values(npz, "input0");
        if (name.startsWith("deformux_block")) {
            return layer.block(gradient, input);
        } else if (name.startsWith("layernorm_channels_first")) {
            return layer.norm(gradient, input);
        } else if (name.startsWith("unetr_basic")) {
            return layer.encoderLevel(gradient, input);
        } else if (name.startsWith("unetr_up")) {
            return layer.decoderLevel(gradient, input, values(npz, "input1"));
        }
        throw new IllegalArgumentException("a block this test does not know: " + name);
    }

    private static Stream<TrainingKernels> kernels() {
        return Stream.of(TrainingKernels.plain(), TrainingKernels.best());
    }

    private static void assertGradient(String name, Values actual, Npz npz) {
        assertClose(name, actual, npz, BlockFixtures.gradientTolerance(npz, name));
    }

    private static void assertClose(String name, Values actual, Npz npz, double tolerance) {
        assertThatArray(actual.shape()).as(name).isEqualTo(npz.get(name).shape());
        assertThatArray(actual.values()).as(name).isCloseTo(npz.get(name).doubles(), tolerance);
    }

    private static Values values(Npz npz, String name) {
        return NetworkCases.values(npz.get(name));
    }
}
