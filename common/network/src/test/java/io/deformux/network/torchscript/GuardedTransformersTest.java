package io.deformux.network.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.nnformer.NnFormer;
import io.deformux.network.architecture.swinunetr.SwinUnetr;
import io.deformux.network.architecture.unest.Unest;
import io.deformux.network.proof.ArithmeticProof;
import io.deformux.network.proof.Noise;
import io.deformux.network.proof.ProofReport;
import io.deformux.network.proof.Tolerance;
import io.deformux.network.weights.Precision;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transformers with windows and blocks are proven as they predict, rounded too, and as they are trained. */
@Tag("arithmetic")
class GuardedTransformersTest {
    @ParameterizedTest
    @ValueSource(strings = {"swin-unetr", "unest", "nnformer"})
    void theyAreProvenInBothPrecisionsAndInTraining(String name) {
        ProofReport forward = prove(name, Precision.FP32, false, Tolerance.FP32);
        ProofReport rounded = prove(name, Precision.BF16, false, Tolerance.BF16);
        ProofReport both = prove(name, Precision.FP32, true, Tolerance.FP32);

        assertThat(List.of(forward, rounded, both))
                .allSatisfy(report -> assertThat(report.faults()).isEmpty());
        assertThat(rounded.layers()).isEqualTo(forward.layers());
        assertThat(both.layers()).isEqualTo(3 * forward.layers());
    }

    private static ProofReport prove(String name, Precision precision, boolean backward, Tolerance tolerance) {
        NetworkConfig config = narrow(name);
        int[] size = name.equals("unest") ? new int[] {64, 64, 64} : new int[] {32, 64, 64};
        ArithmeticProof proof = new ArithmeticProof(tolerance, 5);
        try (GuardedNetwork guarded = new GuardedNetwork(
                config.program(),
                config.modules().randomWeights(5),
                Device.cpu(),
                precision,
                backward,
                proof.voxelSeed())) {
            guarded.prove(Noise.of(size[0] * size[1] * size[2], 5), new Shape(1, 1, size[0], size[1], size[2]), proof);
        }
        return proof.report();
    }

    private static NetworkConfig narrow(String name) {
        NetworkSettings settings = NetworkSettings.NONE;
        return switch (name) {
            case "swin-unetr" ->
                SwinUnetr.ARCHITECTURE.configured(
                        1, 2, settings.with("featureSize", 6).with("heads", List.of(3, 3, 6, 6)));
            case "unest" ->
                Unest.ARCHITECTURE.configured(
                        1,
                        2,
                        settings.with("imageSize", 64)
                                .with("dims", List.of(8, 12, 16))
                                .with("depths", List.of(1, 1, 2)));
            default ->
                NnFormer.ARCHITECTURE.configured(
                        1,
                        2,
                        settings.with("imageSize", List.of(32, 64, 64))
                                .with("embedding", 6)
                                .with("heads", List.of(1, 2, 3, 6)));
        };
    }
}
