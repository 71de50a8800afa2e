package io.deformux.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import io.deformux.schemas.InvalidEventException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schemas of the event types, from this package's resources and from nowhere else. */
final class EventSchemas {
    private static final String BASE = "https://deformux.io/schemas/";
    private static final String TYPE_PREFIX = "io.deformux.";
    private static final String SHARED = "types.v1.json";

    private final Map<String, Schema> schemas = new HashMap<>();

    /** Loads the schema of each type. */
    EventSchemas(Collection<String> types) {
        Map<String, String> texts = new HashMap<>();
        texts.put(BASE + SHARED, resource(SHARED));
        types.forEach(type -> texts.put(id(type).toString(), resource(file(type))));
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .failFast(true)
                .build();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemaRegistryConfig(config)
                        .schemas(texts)
                        .schemaLoader(loader ->
                                loader.fetchRemoteResources(false).allow(iri -> texts.containsKey(iri.toString()))));
        for (String type : types) {
            Schema schema = registry.getSchema(SchemaLocation.of(id(type).toString()));
            schema.initializeValidators();
            schemas.put(type, schema);
        }
    }

    /** The {@code $id} of the schema of a type. */
    static URI id(String type) {
        return URI.create(BASE + file(type));
    }

    /** The resource that holds the schema of a type. */
    static String file(String type) {
        return type.substring(TYPE_PREFIX.length()) + ".json";
    }

    /** Refuses data that break the schema of their type. */
    void check(String type, JsonNode data) {
        List<Error> errors = schemas.get(type).validate(data);
        if (!errors.isEmpty()) {
            Error first = errors.get(0);
            throw new InvalidEventException(Reason.INVALID, pointer(first), rule(first));
        }
    }

    private static String pointer(Error error) {
        NodePath path = error.getInstanceLocation();
        Pointer pointer = Pointer.ROOT;
        for (int i = 0; i < path.getNameCount(); i++) {
            Object step = path.getElement(i);
            pointer = step instanceof Integer index ? pointer.element(index) : pointer.field(step.toString());
        }
        if (error.getProperty() != null) {
            pointer = pointer.field(error.getProperty());
        }
        return pointer.toString();
    }

    // The validator's own messages may quote the value; the keyword and what the schema says under it cannot.
    private static String rule(Error error) {
        return switch (error.getKeyword()) {
            case "required" -> "is required";
            case "additionalProperties" -> "is not a field of this event";
            default -> "must have " + error.getKeyword() + " " + error.getSchemaNode();
        };
    }

    private static String resource(String name) {
        try (InputStream in = EventSchemas.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no schema resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
