package io.deformux.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shape of a DeformUX-Net, as requests of version 1 say it: apart from its output channels, which the data set's labels
 * decide.
 *
 * @param featureSizes channels of the four backbone stages
 * @param depths deformable blocks of the four stages
 * @param hidden channels at the deepest level
 * @param offsetKernel 3 or 1: the size of the convolution that predicts the sampling offsets
 */
public record NetworkShape(List<Integer> featureSizes, List<Integer> depths, int hidden, int offsetKernel) {
    static final String DEFORM_UXNET = "deform-uxnet";

    /** A shape; the lists are copied. */
    public NetworkShape {
        featureSizes = List.copyOf(featureSizes);
        depths = List.copyOf(depths);
    }

    /** The same as the requests of today say it. */
    public ArchitectureSpec architecture() {
        Map<String, JsonNode> settings = new LinkedHashMap<>();
        Json.parse(Json.write(this)).properties().forEach(field -> settings.put(field.getKey(), field.getValue()));
        return new ArchitectureSpec(DEFORM_UXNET, settings);
    }
}
