package io.deformux.network;

import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.cpu.ConvolutionSource;
import io.deformux.network.cpu.LyingConvolutions;
import io.deformux.network.kernel.Kernels;
import io.deformux.network.proof.Noise;
import io.deformux.network.proof.ProofReport;
import io.deformux.network.torchscript.TorchScriptModule;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transformer by PyTorch and its decoder by our own kernels are one network: proven, and the same in every run. */
@Tag("arithmetic")
class TransformerOnCpuTest {
    private static final int[] SIZE = {32, 64, 32};
    private static final int VOXELS = SIZE[0] * SIZE[1] * SIZE[2];

    /** The head is computed where the last map is, in no layer of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"unetr", "swin-unetr"})
    void everyProductIsProvenButTheHeads(String name) {
        NetworkConfig config = config(name);
        Weights weights = config.modules().randomWeights(3);
        for (Precision precision : new Precision[] {Precision.FP32, Precision.BF16}) {
            try (PredictingNetwork fast = FastProbe.network(config, weights, precision, Kernels.best());
                    PredictingNetwork text = asText(config, weights, fast.arithmetic())) {
                ProofReport report = fast.prove(SIZE[0], SIZE[1], SIZE[2], 7);
                assertThat(report.faults()).isEmpty();
                assertThat(report.layers())
                        .isEqualTo(text.prove(SIZE[0], SIZE[1], SIZE[2], 7).layers() - 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unetr", "swin-unetr"})
    void aLayerThatLiesIsFound(String name) {
        NetworkConfig config = config(name);
        ConvolutionSource lying = (torch, kernels) -> new LyingConvolutions(
                Arithmetic.OWN_FP32.convolutions(torch, kernels),
                "decoder3.transp_conv.conv",
                y -> y.view().bytes().putFloat(0, y.view().value(0) + 1));
        try (PredictingNetwork network = new PredictingNetwork(
                config,
                Arithmetic.OWN_FP32,
                NetworkPasses.onCpu(
                        config, config.modules().randomWeights(3), Precision.FP32, lying, Kernels.best()))) {
            assertThat(network.prove(SIZE[0], SIZE[1], SIZE[2], 7).faults())
                    .singleElement()
                    .asString()
                    .contains("decoder3.transp_conv.conv");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unetr", "swin-unetr"})
    void theSameImageGivesTheSameBits(String name) {
        NetworkConfig config = config(name);
        Weights weights = config.modules().randomWeights(3);
        for (Arithmetic way : PrecisionChoice.AUTO.on(Device.cpu()).allowed()) {
            try (PredictingNetwork network = PredictingNetwork.of(config, weights, Device.cpu(), way)) {
                assertThatArray(predict(network)).as(way.label()).isEqualTo(predict(network));
                assertThat(network.kernels())
                        .contains("TorchScript")
                        .contains(Kernels.best().name());
            }
        }
    }

    private static float[] predict(PredictingNetwork network) {
        float[] logits = new float[3 * VOXELS];
        network.forward(Noise.of(VOXELS, 3), 1, SIZE[0], SIZE[1], SIZE[2], values -> values.get(logits));
        return logits;
    }

    private static PredictingNetwork asText(NetworkConfig config, Weights weights, Arithmetic arithmetic) {
        TorchScriptModule module =
                TorchScriptModule.of(config.program(), weights, Device.cpu(), arithmetic.precision(), false);
        return new PredictingNetwork(config, arithmetic, NetworkPasses.asTorchScript(config, module, arithmetic));
    }

    private static NetworkConfig config(String name) {
        Map<String, String> settings = name.equals("unetr")
                ? Map.of("imageSize", "32,64,32", "featureSize", "6", "hidden", "12", "mlp", "16", "heads", "3")
                : Map.of("featureSize", "6", "heads", "3,3,6,6");
        return Architectures.configured(name, 1, 3, NetworkSettings.given(settings));
    }
}
