package io.deformux.parity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of a network, as {@code net.json} and {@code full_recipe.json} write them.
 *
 * @param inChannels channels of an image
 * @param outChannels classes
 * @param featureSizes channels of each stage
 * @param depths blocks of each stage
 * @param hidden channels of the bottom of the decoder
 * @param offsetKernel voxels along each axis of the kernel that finds the offsets
 */
public record NetworkSizes(
        int inChannels,
        int outChannels,
        List<Integer> featureSizes,
        List<Integer> depths,
        int hidden,
        int offsetKernel) {

    /** The sizes under a name in {@code net.json}, or those of another file. */
    public static NetworkSizes of(JsonNode node) {
        return new NetworkSizes(
                node.get("in_chans").asInt(),
                node.get("out_chans").asInt(),
                ints(node.get("feat_size")),
                ints(node.get("depths")),
                node.get("hidden_size").asInt(),
                node.get("offset_kernel").asInt());
    }

    private static List<Integer> ints(JsonNode array) {
        List<Integer> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asInt()));
        return List.copyOf(values);
    }
}
