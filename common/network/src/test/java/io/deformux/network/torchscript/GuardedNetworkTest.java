package io.deformux.network.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.deformux.DeformUxNetConfig;
import io.deformux.network.architecture.deformux.LivelyWeights;
import io.deformux.network.architecture.unetr.Unetr;
import io.deformux.network.architecture.unetr.UnetrConfig;
import io.deformux.network.proof.ArithmeticProof;
import io.deformux.network.proof.ProofReport;
import io.deformux.network.proof.Tolerance;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TorchScript that records what it convolves: right layers pass, a layer that lies is found, forwards and backwards. */
@Tag("arithmetic")
class GuardedNetworkTest {
    private static final DeformUxNetConfig CONFIG =
            new DeformUxNetConfig(2, 3, List.of(4, 8, 8, 12), List.of(1, 2, 1, 1), 16, 3);

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP32", "BF16"})
    void rightConvolutionsPass(Precision precision) {
        ProofReport report = prove(CONFIG.program(), precision, false);

        assertThat(report.faults()).isEmpty();
        assertThat(report.worst()).isBetween(1e-9, tolerance(precision).worst() / 2);
    }

    @Test
    void rightGradientsPassToo() {
        ProofReport forward = prove(CONFIG.program(), Precision.FP32, false);
        ProofReport both = prove(CONFIG.program(), Precision.FP32, true);

        assertThat(both.faults()).isEmpty();
        assertThat(both.layers()).isEqualTo(3 * forward.layers());
        assertThat(both.worst()).isBetween(1e-9, Tolerance.FP32.worst() / 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "torch.conv3d(x, weight, bias, stride, padding, [1, 1, 1], groups)",
                "torch.conv_transpose3d(x, weight, bias, stride)"
            })
    void aConvolutionThatIsOffByOnePercentIsFound(String honest) {
        ProofReport report = prove(CONFIG.program(), Precision.FP32, false, honest, honest + " * 1.01");

        assertThat(report.passed()).isFalse();
        assertThat(report.worst()).isBetween(0.005, 0.02);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gx = gr[0]", "gw = gr[1]"})
    void aGradientThatIsWrongIsFound(String honest) {
        String lie = honest.endsWith("[0]")
                ? "gx = torch.neg(unchecked_cast(Tensor, gr[0]))"
                : "gw = torch.neg(unchecked_cast(Tensor, gr[1]))";
        ProofReport report = prove(CONFIG.program(), Precision.FP32, true, honest, lie);

        assertThat(report.passed()).isFalse();
        assertThat(report.worst()).isBetween(1.9, 2.1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP32", "BF16"})
    void rightMatrixProductsPass(Precision precision) {
        ProofReport report = proveTransformer(precision, false, "", "");

        assertThat(report.faults()).isEmpty();
        assertThat(report.worst()).isBetween(1e-9, tolerance(precision).worst() / 2);
    }

    @Test
    void rightGradientsOfMatrixProductsPassToo() {
        ProofReport forward = proveTransformer(Precision.FP32, false, "", "");
        ProofReport both = proveTransformer(Precision.FP32, true, "", "");

        assertThat(both.faults()).isEmpty();
        assertThat(both.layers()).isEqualTo(3 * forward.layers());
        assertThat(both.worst()).isBetween(1e-9, Tolerance.FP32.worst() / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch.linear(x, weight, bias)", "torch.matmul(x, y)"})
    void aMatrixProductThatIsOffByOnePercentIsFound(String honest) {
        ProofReport report = proveTransformer(Precision.FP32, false, honest, honest + " * 1.01");

        assertThat(report.passed()).isFalse();
        assertThat(report.worst()).isBetween(0.005, 0.02);
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch.sum(z * g)", "torch.sum(zz * g)"})
    void aGradientOfAMatrixProductThatIsWrongIsFound(String honest) {
        ProofReport report = proveTransformer(Precision.FP32, true, honest, honest + " * -1.0");

        assertThat(report.passed()).isFalse();
        assertThat(report.worst()).isBetween(1.9, 2.1);
    }

    @Test
    void aConvolutionThatNobodyCouldGuardIsRefused() {
        Map<String, String> code = new LinkedHashMap<>(CONFIG.program().methods());
        code.computeIfPresent(
                "code/__torch__/deformux/blocks.py",
                (path, text) -> text + "\n\ndef loose(x: Tensor, w: Tensor) -> Tensor:\n"
                        + "  return torch.conv3d(x, w, None, [1, 1, 1], [0, 0, 0], [1, 1, 1], 1)\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GuardedSource(code, GuardedSource.PROVEN, "guard"))
                .withMessageContaining("blocks.py calls a function that is guarded outside of a class");
    }

    private static ProofReport prove(TorchScriptProgram program, Precision precision, boolean backward) {
        return prove(program, precision, backward, "", "");
    }

    private static ProofReport prove(
            TorchScriptProgram program, Precision precision, boolean backward, String honest, String lie) {
        Weights weights = LivelyWeights.random(CONFIG, 4);
        return prove(program, weights, precision, backward, guard -> guard.replace(honest, lie));
    }

    private static ProofReport proveTransformer(Precision precision, boolean backward, String honest, String lie) {
        NetworkSettings settings = NetworkSettings.NONE
                .with("imageSize", List.of(32, 16, 32))
                .with("featureSize", 4)
                .with("hidden", 24)
                .with("mlp", 40)
                .with("heads", 3);
        UnetrConfig config = Unetr.ARCHITECTURE.configured(2, 3, settings);
        Weights weights = config.modules().randomWeights(7);
        return prove(config.program(), weights, precision, backward, guard -> guard.replace(honest, lie));
    }

    private static ProofReport prove(
            TorchScriptProgram program,
            Weights weights,
            Precision precision,
            boolean backward,
            UnaryOperator<String> change) {
        ArithmeticProof proof = new ArithmeticProof(tolerance(precision), 3);
        try (GuardedNetwork guarded = new GuardedNetwork(
                program,
                weights,
                Device.cpu(),
                precision,
                backward,
                proof.voxelSeed(),
                TorchScriptModule.Products.AS_STORED,
                change)) {
            guarded.prove(noise(2 * 2 * 32 * 16 * 32), new Shape(2, 2, 32, 16, 32), proof);
        }
        return proof.report();
    }

    private static Tolerance tolerance(Precision precision) {
        return precision == Precision.FP32 ? Tolerance.FP32 : Tolerance.BF16;
    }

    private static FloatBuffer noise(int count) {
        Random random = new Random(9);
        FloatBuffer noise = FloatBuffer.allocate(count);
        while (noise.hasRemaining()) {
            noise.put(random.nextFloat());
        }
        return noise.flip();
    }
}
