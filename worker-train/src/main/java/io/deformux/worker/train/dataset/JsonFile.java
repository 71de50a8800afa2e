package io.deformux.worker.train.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A JSON listing of a data set. */
final class JsonFile {
    private static final long MOST_BYTES = 64L << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonFile() {}

    /** The tree; throws {@link io.deformux.failure.JobException} DATASET_INVALID naming {@code name}. */
    static JsonNode tree(Path file, String name) {
        try {
            Dataset.require(Files.size(file) <= MOST_BYTES, name + " is too large for a listing");
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw Dataset.invalid(name + " is not proper JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Dataset.invalid(name + " cannot be read");
        }
    }

    static JsonNode object(Path file, String name) {
        JsonNode tree = tree(file, name);
        Dataset.require(tree.isObject(), name + " must be a JSON object");
        return tree;
    }

    static String text(JsonNode node, String name) {
        Dataset.require(node.path(name).isTextual(), "/" + name + " of the listing must be a string");
        return node.get(name).textValue();
    }
}
