package io.deformux.network;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TorchScriptArchiveTest {
    @Test
    void scratch() throws Exception {
        NetworkConfig config = new NetworkConfig(1, 3, List.of(4, 8, 12, 16), List.of(1, 2, 1, 1), 24, 3);
        TorchScriptArchive.write(Path.of("/tmp/net/j.pt"), config, Weights.random(config, 7), Precision.FP32);
        TorchScriptArchive.write(Path.of("/tmp/net/j16.pt"), config, Weights.random(config, 7), Precision.BF16);
        TorchScriptArchive.write(
                Path.of("/tmp/net/full.pt"),
                NetworkConfig.published(16),
                Weights.random(NetworkConfig.published(16), 7),
                Precision.FP32);
    }
}
