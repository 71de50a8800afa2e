package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.network.architecture.deformux.ModuleProbe;
import io.deformux.network.architecture.deformux.ModuleProbe.Run;
import io.deformux.network.architecture.deformux.ModuleProbe.Values;
import io.deformux.network.weights.Weights;
import io.deformux.parity.Npz.NpyArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Each building block by itself, with the gradients of its inputs and parameters. */
@Tag("parity")
@Tag("arithmetic")
class NetworkBlocksParityTest {

    @TestFactory
    Stream<DynamicTest> blocks() {
        return Fixtures.json("blocks/blocks.json").properties().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> compare(entry.getKey(), entry.getValue())));
    }

    private static void compare(String name, JsonNode description) {
        Npz npz = Fixtures.npz("blocks/" + name + ".npz");
        Values[] inputs = Stream.of("input0", "input1")
                .filter(npz::has)
                .map(input -> values(npz.get(input)))
                .toArray(Values[]::new);
        try (ModuleProbe block = block(name, description, inputs[0].shape(), BlockFixtures.weights(npz))) {
            Run run = block.backward(values(npz.get("grad_output")), inputs);

            assertClose("output", run.outputs().get(0), npz.get("output"), 2e-5);
            for (int n = 0; n < inputs.length; n++) {
                assertGradient(npz, "grad_input" + n, run.inputGradients().get(n));
            }
            run.parameterGradients()
                    .forEach((parameter, gradient) -> assertGradient(npz, "grad." + parameter, gradient));
            assertThat(run.parameterGradients())
                    .hasSameSizeAs(BlockFixtures.weights(npz).tensors());
        }
    }

    private static ModuleProbe block(String name, JsonNode description, int[] inputShape, Weights weights) {
        int in = description.path("in").asInt();
        int out = description.path("out").asInt();
        if (name.startsWith("deformux_block")) {
            int offsetKernel = weights.get("ddc.conv_offset.weight").shape()[2];
            return ModuleProbe.block(description.path("dim").asInt(), offsetKernel, weights);
        } else if (name.startsWith("layernorm_channels_first")) {
            return ModuleProbe.layerNorm(inputShape[1], false, weights);
        } else if (name.startsWith("layernorm_channels_last")) {
            return ModuleProbe.layerNorm(inputShape[4], true, weights);
        } else if (name.startsWith("unetr_basic")) {
            return ModuleProbe.encoderLevel(in, out, weights);
        } else if (name.startsWith("unetr_up")) {
            return ModuleProbe.decoderLevel(in, out, weights);
        }
        throw new IllegalArgumentException("a block this test does not know: " + name);
    }

    private static void assertGradient(Npz npz, String name, Values actual) {
        assertClose(name, actual, npz.get(name), BlockFixtures.gradientTolerance(npz, name));
    }

    private static void assertClose(String what, Values actual, NpyArray expected, double tolerance) {
        assertThatArray(actual.shape()).as(what).isEqualTo(expected.shape());
        assertThatArray(actual.values()).as(what).isCloseTo(expected.doubles(), tolerance);
    }

    private static Values values(NpyArray array) {
        return new Values(array.shape(), array.doubles());
    }
}
