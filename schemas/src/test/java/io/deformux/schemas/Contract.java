package io.deformux.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The files of the contract as trees, and what a {@code $ref} in them leads to. */
final class Contract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Contract() {}

    static JsonNode asyncApi() {
        return read(YAML, "asyncapi.yaml");
    }

    static JsonNode schema(String type) {
        return file(EventSchemas.file(type));
    }

    static JsonNode file(String name) {
        return read(JSON, name);
    }

    /** The node itself, or what its {@code $ref} leads to: within {@code root}, or in another file of the contract. */
    static JsonNode follow(JsonNode root, JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        String[] reference = node.get("$ref").asText().split("#", 2);
        JsonNode target = reference[0].isEmpty() ? root : file(reference[0]);
        return reference.length == 1 ? target : target.requiredAt(reference[1]);
    }

    private static JsonNode read(ObjectMapper mapper, String name) {
        try (InputStream in = Contract.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("the contract has no file " + name);
            }
            return mapper.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
