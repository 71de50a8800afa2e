package io.deformux.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every event has a schema that says the same as its record, and bounds everything in it. */
class RecordsAndSchemasTest {
    /** Topics of which the events ask for work. */
    private static final Set<String> REQUESTS = Set.of(
            Topics.SCAN_ARRIVED,
            Topics.SCAN_URGENT,
            Topics.TRAINING_REQUESTED,
            Topics.TRAINING_FOLD_REQUESTED,
            Topics.DEAD_LETTER_REPLAY,
            Topics.JOB_CANCEL);

    static List<Event> events() {
        return Samples.all();
    }

    @Test
    void everyKindOfEventIsCovered() {
        assertThat(events().stream().<Class<?>>map(Event::getClass)).containsExactlyInAnyOrderElementsOf(permitted());
        assertThat(List.<Class<?>>copyOf(EventCodec.written().values()))
                .containsExactlyInAnyOrderElementsOf(permitted());
    }

    @ParameterizedTest
    @MethodSource("events")
    void theTypeNamesTheRecordAndTheSchema(Event event) {
        JsonNode schema = Contract.schema(event.type());

        assertThat(EventCodec.written()).containsEntry(event.type(), event.getClass());
        assertThat(schema.get("$id").asText())
                .isEqualTo("https://deformux.io/schemas/" + EventSchemas.file(event.type()));
        assertThat(schema.get("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.get("title").asText()).isEqualTo(event.getClass().getSimpleName());
    }

    @ParameterizedTest
    @MethodSource("events")
    void recordAndSchemaSayTheSame(Event event) {
        JsonNode schema = Contract.schema(event.type());

        agree(event.getClass(), schema, schema, REQUESTS.contains(event.topic()), event.type());
    }

    @ParameterizedTest
    @MethodSource("events")
    void theSchemaKeepsToTheRulesForSchemas(Event event) {
        Schema rules = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(rules.validate(Contract.schema(event.type()))).isEmpty();
        assertThat(rules.validate(Contract.file("types.v1.json"))).isEmpty();
    }

    private static List<Class<?>> permitted() {
        return Stream.of(Event.class.getPermittedSubclasses())
                .flatMap(type -> type.isSealed() ? Stream.of(type.getPermittedSubclasses()) : Stream.of(type))
                .toList();
    }

    private static void agree(Type java, JsonNode root, JsonNode node, boolean request, String where) {
        JsonNode schema = Contract.follow(root, node);
        JsonNode owner = schema == node ? root : Contract.file(fileOf(node, root));
        if (java instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (generic.getRawType() == List.class) {
                has(schema, where, "array", "maxItems");
                agree(last, owner, schema.get("items"), request, where + "[]");
            } else {
                assertThat(generic.getRawType()).as(where).isEqualTo(Map.class);
                has(schema, where, "object", "maxProperties", "propertyNames");
                agree(last, owner, schema.get("additionalProperties"), request, where + ".*");
            }
            return;
        }
        Class<?> type = (Class<?>) java;
        if (type.isRecord()) {
            agreeRecord(type, owner, schema, request, where);
        } else if (type.isEnum()) {
            has(schema, where, "string", "enum");
            assertThat(schema.path("title").asText()).as("title of %s", where).endsWith(type.getSimpleName());
            assertThat(texts(schema.get("enum"))).as(where).isEqualTo(jsonNames(type));
        } else if (type == String.class) {
            has(schema, where, "string", "maxLength");
            assertThat(schema.has("pattern") || schema.path("minLength").asInt() > 0)
                    .as("%s refuses the empty text", where)
                    .isTrue();
        } else if (type == URI.class) {
            has(schema, where, "string", "maxLength");
            assertThat(schema.path("format").asText()).as(where).isEqualTo("uri");
        } else if (type == JsonNode.class) {
            assertThat(schema.has("maxLength") && schema.has("maximum") && schema.has("maxItems"))
                    .as("%s is bounded whatever it is", where)
                    .isTrue();
        } else if (type == boolean.class) {
            has(schema, where, "boolean");
        } else {
            agreeNumber(type, schema, where);
        }
    }

    private static void agreeRecord(Class<?> type, JsonNode root, JsonNode schema, boolean request, String where) {
        has(schema, where, "object", "required", "properties");
        assertThat(schema.path("title").asText()).as("title of %s", where).isEqualTo(type.getSimpleName());
        assertThat(schema.has("additionalProperties")).as("%s is closed", where).isEqualTo(request);
        if (request) {
            assertThat(schema.get("additionalProperties").isBoolean()
                            && !schema.get("additionalProperties").asBoolean())
                    .as(where)
                    .isTrue();
        }
        List<String> names = new ArrayList<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            names.add(component.getName());
            Type value = component.getGenericType();
            if (component.getType() == Optional.class) {
                value = ((ParameterizedType) value).getActualTypeArguments()[0];
            } else {
                required.add(component.getName());
            }
            JsonNode property = schema.get("properties").path(component.getName());
            assertThat(property.isObject())
                    .as("%s has %s", where, component.getName())
                    .isTrue();
            agree(value, root, property, request, where + "." + component.getName());
        }
        assertThat(schema.get("properties").fieldNames()).toIterable().as(where).containsExactlyElementsOf(names);
        assertThat(texts(schema.get("required"))).as(where).isEqualTo(required);
    }

    private static void agreeNumber(Class<?> type, JsonNode schema, String where) {
        boolean real = type == double.class || type == Double.class;
        has(schema, where, real ? "number" : "integer", "maximum");
        assertThat(schema.has("minimum") || schema.has("exclusiveMinimum"))
                .as("%s has a lower bound", where)
                .isTrue();
        if (!real) {
            // Up to 2^53 a JavaScript reader sees the same integer.
            long largest = type == int.class || type == Integer.class ? Integer.MAX_VALUE : 1L << 53;
            assertThat(type).as(where).isIn(int.class, Integer.class, long.class, Long.class);
            assertThat(schema.get("maximum").asLong()).as(where).isLessThanOrEqualTo(largest);
        }
    }

    private static void has(JsonNode schema, String where, String type, String... keywords) {
        assertThat(schema.path("type").asText()).as("type of %s", where).isEqualTo(type);
        for (String keyword : keywords) {
            assertThat(schema.has(keyword)).as("%s has %s", where, keyword).isTrue();
        }
    }

    private static String fileOf(JsonNode node, JsonNode root) {
        String id = root.get("$id").asText();
        return URI.create(id)
                .resolve(node.get("$ref").asText().replaceFirst("#.*", ""))
                .getPath()
                .replaceFirst(".*/", "");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static List<String> jsonNames(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(field -> field.isEnumConstant())
                .map(field -> field.getAnnotation(JsonProperty.class).value())
                .toList();
    }
}
