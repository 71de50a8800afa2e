package io.deformux.network;

import static io.deformux.network.architecture.deformux.TinyNetwork.TINY;
import static io.deformux.testing.ArrayAssert.assertThatArray;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.deformux.network.architecture.Architecture;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.architecture.deformux.LivelyWeights;
import io.deformux.network.torchscript.ModuleTree;
import io.deformux.network.weights.Weights;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The list of architectures, and what a network may do without. */
class ArchitecturesTest {
    private static final int VOXELS = 32 * 16 * 16;

    /** A network that has no form for a CPU. */
    private record Plain(NetworkConfig network) implements NetworkConfig {
        @Override
        public Architecture<?> architecture() {
            return network.architecture();
        }

        @Override
        public int inChannels() {
            return network.inChannels();
        }

        @Override
        public int outChannels() {
            return network.outChannels();
        }

        @Override
        public NetworkSettings settings() {
            return network.settings();
        }

        @Override
        public void requireSize(int d, int h, int w) {
            network.requireSize(d, h, w);
        }

        @Override
        public ModuleTree modules() {
            return network.modules();
        }

        @Override
        public Map<String, String> methods() {
            return network.methods();
        }
    }

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
        float[] plain = predict(new Plain(TINY), weights, Arithmetic.OWN_FP32);

        assertThatArray(plain).isCloseTo(fast, 1e-4f);
        try (PredictingNetwork network =
                        PredictingNetwork.of(new Plain(TINY), weights, Device.cpu(), Arithmetic.OWN_FP32);
                TrainableNetwork training = TrainableNetwork.of(new Plain(TINY), weights, Device.cpu())) {
            assertThat(network.kernels()).isEqualTo("TorchScript");
            assertThat(network.arithmetic()).isEqualTo(Arithmetic.LIBRARY_FP32);
            assertThat(training.weights().tensors())
                    .containsOnlyKeys(weights.tensors().keySet());
        }
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
