package io.deformux.parity;

import io.deformux.network.architecture.unetr.Unetr;
import java.util.Map;

/** UNETR for cubes and for other boxes. */
class UnetrParityTest extends ZooParity {
    UnetrParityTest() {
        super(
                "unetr",
                Unetr.ARCHITECTURE,
                "in_channels",
                "out_channels",
                Map.of(
                        "img_size", "imageSize",
                        "feature_size", "featureSize",
                        "hidden_size", "hidden",
                        "mlp_dim", "mlp",
                        "num_heads", "heads",
                        "pos_embed", "patches"));
    }
}
