package io.deformux.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.network.architecture.NetworkConfig;
import io.deformux.network.architecture.nnunet.NnUNet;
import java.util.Map;

/** nnU-Net with the names of its version 1. */
class GenericUNetParityTest extends ZooParity {
    private static final int MOST_FEATURES = 320;

    GenericUNetParityTest() {
        super(
                "nnunet_generic",
                NnUNet.ARCHITECTURE,
                "in_channels",
                "num_classes",
                Map.of(
                        "implementation", "implementation",
                        "features", "features",
                        "conv_kernel_sizes", "kernels",
                        "strides", "strides",
                        "supervised", "deepSupervision"));
    }

    /** Features double up to a limit; the finest level has no stride. */
    @Override
    NetworkConfig config(JsonNode fields) {
        ObjectNode own = fields.deepCopy();
        int levels = fields.get("conv_kernel_sizes").size();
        int features = fields.get("base_num_features").asInt();
        ArrayNode all = own.putArray("features");
        for (int level = 0; level < levels; level++) {
            all.add(Math.min(features << level, fields.path("max_num_features").asInt(MOST_FEATURES)));
        }
        own.putArray("strides").add(own.arrayNode().add(1).add(1).add(1)).addAll((ArrayNode)
                fields.get("pool_op_kernel_sizes"));
        own.put("implementation", "generic-unet");
        own.put("supervised", fields.get("deep_supervision").asBoolean() ? levels - 2 : 0);
        return super.config(own);
    }
}
