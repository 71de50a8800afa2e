package io.deformux.parity;

import io.deformux.network.architecture.nnformer.NnFormer;
import java.util.Map;

/** nnFormer, with deep supervision and without, with windows that fit and windows that do not. */
class NnFormerParityTest extends ZooParity {
    NnFormerParityTest() {
        super(
                "nnformer",
                NnFormer.ARCHITECTURE,
                "input_channels",
                "num_classes",
                Map.of(
                        "crop_size", "imageSize",
                        "embedding_dim", "embedding",
                        "depths", "depths",
                        "num_heads", "heads",
                        "window_size", "windows",
                        "deep_supervision", "deepSupervision"));
    }
}
