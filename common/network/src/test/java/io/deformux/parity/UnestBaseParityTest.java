package io.deformux.parity;

import io.deformux.network.architecture.unest.Unest;
import java.util.Map;

/** UNesT as its base network has it. */
class UnestBaseParityTest extends ZooParity {
    UnestBaseParityTest() {
        super(
                "unest_base",
                Unest.ARCHITECTURE,
                "in_channels",
                "out_channels",
                Map.of("img_size", "imageSize", "embed_dim", "dims", "depths", "depths", "num_heads", "heads"));
    }
}
