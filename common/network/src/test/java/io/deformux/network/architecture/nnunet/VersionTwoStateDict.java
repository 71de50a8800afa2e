package io.deformux.network.architecture.nnunet;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.network.architecture.NetworkSettings;
import io.deformux.network.checkpoint.ConfiguredWeights;
import io.deformux.network.weights.Tensor;
import io.deformux.network.weights.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole state dict of nnU-Net's version 2: each layer a second time, and the encoder below the decoder. */
final class VersionTwoStateDict {
    private VersionTwoStateDict() {}

    static Weights of(Weights weights) {
        Map<String, Tensor> all = new LinkedHashMap<>(weights.tensors());
        weights.tensors().forEach((name, tensor) -> {
            all.put(name.replace(".conv.", ".all_modules.0.").replace(".norm.", ".all_modules.1."), tensor);
            if (name.startsWith("encoder.")) {
                all.put("decoder." + name, tensor);
            }
        });
        return new Weights(all);
    }

    /** The network is told from its weights, each of which is imported once. */
    static void assertImported(NnUNetConfig config) {
        Weights weights = config.modules().randomWeights(1);
        ConfiguredWeights<NnUNetConfig> imported =
                ConfiguredWeights.of(NnUNet.ARCHITECTURE, of(weights), NetworkSettings.NONE);
        assertThat(imported.config()).isEqualTo(config);
        assertThat(imported.weights().tensors()).containsExactlyEntriesOf(weights.tensors());
    }
}
