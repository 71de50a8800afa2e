package io.deformux.parity;

import io.deformux.network.architecture.unest.Unest;
import java.util.Map;

/** UNesT as its large network has it. */
class UnestLargeParityTest extends ZooParity {
    UnestLargeParityTest() {
        super(
                "unest_large",
                Unest.ARCHITECTURE,
                "in_channels",
                "out_channels",
                Map.of("img_size", "imageSize", "embed_dim", "dims", "depths", "depths", "num_heads", "heads"));
    }
}
