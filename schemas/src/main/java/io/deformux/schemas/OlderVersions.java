package io.deformux.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events of versions that nobody writes any more and that are read for ever, as what they mean today. */
final class OlderVersions {
    private static final String SPEC = "training";
    private static final String NETWORK = "network";
    private static final String ARCHITECTURE = "architecture";
    private static final String COMPARISON = "comparisonId";
    private static final String SETTINGS = "settings";
    private static final String CROPS_ANYWHERE = "cropsAnywhere";
    private static final List<String> SHAPE = List.of("featureSizes", "depths", "hidden", "offsetKernel");

    /** By older type, the type of today. */
    static final Map<String, String> TODAY = Map.of(
            "io.deformux.training.requested.v1", TrainingRequested.TYPE,
            "io.deformux.training.fold.requested.v1", TrainingFoldRequested.TYPE);

    private OlderVersions() {}

    /** The data of an older type as those of today's; both keep to their schemas. */
    static JsonNode today(JsonNode data) {
        ObjectNode tree = data.deepCopy();
        ObjectNode spec = (ObjectNode) tree.get(SPEC);
        JsonNode shape = spec.remove(NETWORK);
        spec.putObject(ARCHITECTURE).put("name", NetworkShape.DEFORM_UXNET).set(SETTINGS, shape);
        ObjectNode recipe = (ObjectNode) spec.get(SETTINGS);
        if (!recipe.has(CROPS_ANYWHERE)) {
            recipe.put(CROPS_ANYWHERE, 0.0); // what their absence meant
        }
        return tree;
    }

    /** The data of a request as version 1 has them, field by field in its order; empty if it had no words for them. */
    static Optional<JsonNode> ofVersion1(JsonNode data) {
        JsonNode architecture = data.at("/" + SPEC + "/" + ARCHITECTURE);
        JsonNode settings = architecture.path(SETTINGS);
        if (!architecture.path("name").asText().equals(NetworkShape.DEFORM_UXNET)
                || data.has(COMPARISON)
                || settings.size() != SHAPE.size()
                || !SHAPE.stream().allMatch(settings::has)) {
            return Optional.empty();
        }
        ObjectNode spec = Json.object();
        data.get(SPEC).properties().forEach(field -> {
            boolean renamed = field.getKey().equals(ARCHITECTURE);
            spec.set(renamed ? NETWORK : field.getKey(), renamed ? shape(settings) : field.getValue());
        });
        ObjectNode recipe = spec.get(SETTINGS).deepCopy();
        if (recipe.path(CROPS_ANYWHERE).asDouble(1) == 0) {
            recipe.remove(CROPS_ANYWHERE);
        }
        spec.set(SETTINGS, recipe);
        ObjectNode tree = data.deepCopy();
        tree.set(SPEC, spec);
        return Optional.of(tree);
    }

    private static ObjectNode shape(JsonNode settings) {
        ObjectNode shape = Json.object();
        SHAPE.forEach(name -> shape.set(name, settings.get(name)));
        return shape;
    }
}
