package io.deformux.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.nnunet.NnUNet;
import java.util.Map;

/** nnU-Net with the names of MONAI's DynUNet. */
class NnUNetParityTest extends ZooParity {
    NnUNetParityTest() {
        super(
                "nnunet_dynunet",
                NnUNet.ARCHITECTURE,
                "in_channels",
                "out_channels",
                Map.of(
                        "filters", "features",
                        "kernel_size", "kernels",
                        "strides", "strides",
                        "res_block", "residual",
                        "norm_affine", "affineNorms",
                        "trans_bias", "transposedBias",
                        "deep_supr_num", "deepSupervision"));
    }

    /** The number of heads says nothing where there is no deep supervision. */
    @Override
    NetworkConfig config(JsonNode fields) {
        ObjectNode own = fields.deepCopy();
        if (!fields.path("deep_supervision").asBoolean()) {
            own.put("deep_supr_num", 0);
        }
        return super.config(own);
    }
}
