package io.deformux.network;

import static io.deformux.network.architecture.deformux.TinyNetwork.TINY;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.deformux.LivelyWeights;
import io.deformux.network.weights.Precision;
import io.deformux.network.weights.Weights;
import io.deformux.parity.ForcedArithmeticTolerance;
import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The list of architectures, and what a network may do without. */
@Tag("arithmetic")
class ArchitecturesTest {
    private static final int VOXELS = 32 * 16 * 16;

    @Test
    void noTwoHaveTheSameName() {
        assertThat(Architectures.ALL).extracting(Architecture::name).doesNotHaveDuplicates();
        assertThat(Architectures.ALL)
                .extracting(Architecture::name)
                .allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)*"));
    }

    @Test
    void everyArchitectureHasAPublishedNetworkWhoseSettingsAreWrittenOut() {
        for (Architecture<?> architecture : Architectures.ALL) {
            NetworkConfig published = architecture.configured(1, 3, NetworkSettings.NONE);
            assertThat(published.architecture()).isSameAs(architecture);
            assertThat(Architectures.configured(architecture.name(), 1, 3, published.settings()))
                    .isEqualTo(published);
            assertThat(Architectures.named(architecture.name())).isSameAs(architecture);
        }
    }

    @Test
    void theWorkOfEveryPublishedNetworkCanBeCounted() {
        for (Architecture<?> architecture : Architectures.ALL) {
            assertThat(MultiplyAccumulates.of(architecture.configured(1, 3, NetworkSettings.NONE), 96, 96, 96))
                    .as(architecture.name())
                    .isGreaterThan(1_000_000_000L);
        }
    }

    @Test
    void anUnknownSettingOrArchitectureIsToldWithTheNamesThatThereAre() {
        assertThatThrownBy(() -> Architectures.named("v-net"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ux-net");
        for (Architecture<?> architecture : Architectures.ALL) {
            assertThatThrownBy(() -> architecture.configured(1, 3, NetworkSettings.NONE.with("colour", 3)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no setting colour");
        }
    }

    @Test
    void aConfigurationBelongsToAnArchitectureOfTheListWhichTellsItFromItsWeights() {
        assertThat(Architectures.ALL).contains(TINY.architecture());
        assertThat(TINY.architecture().configOf(TINY.modules().randomWeights(1), NetworkSettings.NONE))
                .isEqualTo(TINY);
    }

    @Test
    void aNetworkWithoutAFormForACpuRunsAsItsTorchScriptThere() {
        Weights weights = LivelyWeights.random(TINY, 4);
        float[] fast = predict(TINY, weights, Arithmetic.OWN_FP32);
        float[] plain = predict(new WithoutCpuForm(TINY), weights, byPyTorch());

        assertThatArray(plain).isCloseTo(fast, ForcedArithmeticTolerance.logits(1e-4));
        try (PredictingNetwork network =
                        PredictingNetwork.of(new WithoutCpuForm(TINY), weights, Device.cpu(), Precision.FP32);
                TrainableNetwork training = TrainableNetwork.of(new WithoutCpuForm(TINY), weights, Device.cpu())) {
            assertThat(network.kernels()).isEqualTo("TorchScript");
            assertThat(network.arithmetic()).isEqualTo(byPyTorch());
            assertThat(training.weights().tensors())
                    .containsOnlyKeys(weights.tensors().keySet());
        }
    }

    @Test
    void ourKernelsAreNoWayForANetworkThatHasNoFormForThem() {
        Weights weights = LivelyWeights.random(TINY, 4);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        PredictingNetwork.of(new WithoutCpuForm(TINY), weights, Device.cpu(), Arithmetic.OWN_FP32))
                .withMessageContaining("no form");
    }

    private static Arithmetic byPyTorch() {
        return Arithmetic.ofTorchScript(Precision.FP32, Device.cpu());
    }

    private static float[] predict(NetworkConfig config, Weights weights, Arithmetic arithmetic) {
        Random random = new Random(1);
        FloatBuffer image = FloatBuffer.allocate(VOXELS);
        while (image.hasRemaining()) {
            image.put(random.nextFloat());
        }
        float[] logits = new float[config.outChannels() * VOXELS];
        try (PredictingNetwork network = PredictingNetwork.of(config, weights, Device.cpu(), arithmetic)) {
            network.forward(image.flip(), 1, 32, 16, 16, values -> values.get(logits));
        }
        return logits;
    }
}
