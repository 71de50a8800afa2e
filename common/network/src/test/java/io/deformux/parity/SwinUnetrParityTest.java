package io.deformux.parity;

import io.deformux.network.architecture.swinunetr.SwinUnetr;
import java.util.Map;

/** SwinUNETR, with windows that fit and windows that do not. */
class SwinUnetrParityTest extends ZooParity {
    SwinUnetrParityTest() {
        super(
                "swin_unetr",
                SwinUnetr.ARCHITECTURE,
                "in_channels",
                "out_channels",
                Map.of("feature_size", "featureSize", "depths", "depths", "num_heads", "heads"));
    }
}
