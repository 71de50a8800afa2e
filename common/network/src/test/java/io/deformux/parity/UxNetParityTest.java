package io.deformux.parity;

import io.deformux.network.architecture.uxnet.UxNet;
import java.util.Map;

/** 3D UX-Net with small and large kernels. */
class UxNetParityTest extends ZooParity {
    UxNetParityTest() {
        super(
                "ux_net",
                UxNet.ARCHITECTURE,
                "in_chans",
                "out_chans",
                Map.of("feat_size", "featureSizes", "depths", "depths", "hidden_size", "hidden", "kernel", "kernel"));
    }
}
