package io.deformux.network.torchscript;

import static io.deformux.network.architecture.deformux.TinyNetwork.TINY;
import static io.deformux.testing.ArrayAssert.assertThatArray;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightLayoutTest {
    @TempDir
    private Path folder;

    private final Weights weights = TINY.modules().randomWeights(4);

    @Test
    void weightsThatLieChannelsLastAreTheSameWeights() throws IOException {
        try (TorchScriptModule module = load(WeightLayout.CHANNELS_LAST)) {
            Weights read = module.weights(TINY.modules());
            weights.tensors()
                    .forEach((name, tensor) ->
                            assertThatArray(read.get(name).values()).as(name).isEqualTo(tensor.values()));
        }
    }

    @Test
    void theNetworkPredictsTheSameOfThem() throws IOException {
        try (TorchScriptModule inOrder = load(WeightLayout.IN_ORDER);
                TorchScriptModule channelsLast = load(WeightLayout.CHANNELS_LAST)) {
            assertThatArray(forward(channelsLast)).isCloseTo(forward(inOrder), 1e-4f);
        }
    }

    private TorchScriptModule load(WeightLayout layout) throws IOException {
        Path archive = folder.resolve(layout + ".pt");
        TorchScriptArchive.write(archive, TINY.program(), weights, Precision.FP32, layout);
        return TorchScriptModule.load(archive, Device.cpu(), false);
    }

    private static float[] forward(TorchScriptModule module) {
        try (NDManager scope = module.newScope()) {
            NDArray image = scope.arange(0f, 16 * 32 * 16).sin().reshape(new Shape(1, 1, 16, 32, 16));
            return module.call("forward", new NDList(image), false)
                    .singletonOrThrow()
                    .toFloatArray();
        }
    }
}
