package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.network.Arithmetic;
import io.deformux.network.DeviceChoice;
import io.deformux.network.Devices;
import io.deformux.network.FastProbe;
import io.deformux.network.PredictingNetwork;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.deformux.ModuleProbe.Values;
import io.deformux.network.weights.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The whole networks of {@code net.json} on a GPU, in every way in which it computes as float: TF32 is off. */
@Tag("gpu")
class GpuParityTest {
    private static final String GPU = "cuda:0";
    private static final double TOLERANCE = 5e-4;

    @TestFactory
    Stream<DynamicTest> logits() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : NetworkParityTest.configs().entrySet()) {
            for (String file : NetworkParityTest.files(entry.getKey() + "_")) {
                if (Fixtures.npz("net/" + file).has("input")) {
                    tests.add(DynamicTest.dynamicTest(file, () -> compare(entry.getKey(), entry.getValue(), file)));
                }
            }
        }
        return tests.stream();
    }

    private static void compare(String name, JsonNode node, String file) {
        Device device = gpu();
        DeformUxNetConfig config = NetworkCases.config(node);
        Weights weights = NetworkCases.weights(Fixtures.npz("net/" + name + "_weights.npz"));
        Npz npz = Fixtures.npz("net/" + file);
        Values image = NetworkCases.values(npz.get("input"));
        for (Arithmetic way : FastProbe.inFloat(config, device)) {
            try (PredictingNetwork network = PredictingNetwork.of(config, weights, device, way)) {
                Values logits = FastProbe.forward(network, image);
                assertThat(NetworkParityTest.compare(
                                npz, "logits", logits, (array, actual, expected) -> assertThatArray(actual)
                                        .as(array + ", " + way.label())
                                        .isCloseTo(expected, TOLERANCE)))
                        .isNotEmpty();
            }
        }
    }

    private static Device gpu() {
        try {
            return Devices.parse(DeviceChoice.ofThisMachine().first(GPU));
        } catch (IllegalArgumentException e) {
            return abort(e.getMessage());
        }
    }
}
