package io.deformux.parity;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.deformux.DeformUxNet;
import io.deformux.network.checkpoint.Checkpoint;
import io.deformux.network.checkpoint.CheckpointFormat;
import io.deformux.network.checkpoint.CheckpointReader;
import io.deformux.network.checkpoint.ConfiguredWeights;
import io.deformux.network.weights.Tensor;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Checkpoints that PyTorch wrote give the tensors that PyTorch had. */
@Tag("parity")
class CheckpointParityTest {
    private static final Map<String, CheckpointFormat> VARIETY = Map.of(
            "pth/variety_zip.pth", CheckpointFormat.PYTORCH_ZIP,
            "pth/variety_legacy.pth", CheckpointFormat.PYTORCH_LEGACY);

    @TestFactory
    Stream<DynamicTest> oddTensors() {
        JsonNode tensors = Fixtures.json("pth/variety.json").get("tensors");
        Npz expected = Fixtures.npz("pth/variety_expected.npz");
        return VARIETY.entrySet().stream().flatMap(file -> {
            Checkpoint read = CheckpointReader.read(Fixtures.fixture(file.getKey()));
            assertThat(read.format()).isEqualTo(file.getValue());
            assertThat(read.weights().tensors()).hasSize(tensors.size());
            return tensors.properties().stream()
                    .map(tensor -> DynamicTest.dynamicTest(file.getKey() + " " + tensor.getKey(), () -> {
                        Tensor actual = read.weights().get(tensor.getKey());
                        assertThatArray(actual.shape())
                                .isEqualTo(ints(tensor.getValue().get("shape")));
                        if (expected.has(tensor.getKey())) {
                            assertThatArray(actual.values())
                                    .isEqualTo(expected.get(tensor.getKey()).floats());
                        } else {
                            assertThatArray(actual.values()).hasSize(0);
                        }
                    }));
        });
    }

    @TestFactory
    Stream<DynamicTest> networks() {
        JsonNode tiny = Fixtures.json("net/net.json").get("tiny");
        Npz expected = Fixtures.npz("net/tiny_weights.npz");
        return Stream.of(
                        "net/tiny_weights_zip.pth",
                        "net/tiny_weights_legacy.pth",
                        "net/tiny_checkpoint_cuda_dataparallel.pth")
                .map(file -> DynamicTest.dynamicTest(file, () -> {
                    var read = ConfiguredWeights.of(
                            DeformUxNet.ARCHITECTURE,
                            CheckpointReader.read(Fixtures.fixture(file)).weights(),
                            NetworkSettings.NONE);
                    assertThat(read.config()).isEqualTo(NetworkCases.config(tiny));
                    assertThat(read.weights().tensors().keySet())
                            .containsExactlyElementsOf(expected.arrays().keySet());
                    expected.arrays().forEach((name, array) -> {
                        assertThatArray(read.weights().get(name).shape()).isEqualTo(array.shape());
                        assertThatArray(read.weights().get(name).values()).isEqualTo(array.floats());
                    });
                }));
    }

    private static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }
}
