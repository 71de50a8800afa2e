package io.deformux.parity;

import io.deformux.network.architecture.transbts.TransBts;
import java.util.Map;

/** TransBTS. */
class TransBtsParityTest extends ZooParity {
    TransBtsParityTest() {
        super(
                "transbts",
                TransBts.ARCHITECTURE,
                "num_channels",
                "num_classes",
                Map.of(
                        "img_dim", "imageSize",
                        "embedding_dim", "embedding",
                        "num_heads", "heads",
                        "num_layers", "layers",
                        "hidden_dim", "hidden"));
    }
}
