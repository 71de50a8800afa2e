package io.deformux.network.architecture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What configures a network beside its channels, as the JSON object that packages and events hold. A value, equal by its
 * fields. Whoever reads a field says what the published network has, which stands for a field that is absent; a field of the
 * wrong kind is an {@link IllegalArgumentException} that names it.
 */
public final class NetworkSettings {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Those of the published network. */
    public static final NetworkSettings NONE = new NetworkSettings(MAPPER.createObjectNode());

    private final ObjectNode fields;

    private NetworkSettings(ObjectNode fields) {
        this.fields = fields;
    }

    /** NetworkSettings of a copy of these fields. */
    public static NetworkSettings of(ObjectNode fields) {
        return new NetworkSettings(fields.deepCopy());
    }

    /** NetworkSettings that a person gave: each value is JSON, a list without its brackets, or a text. */
    public static NetworkSettings given(Map<String, String> values) {
        ObjectNode fields = MAPPER.createObjectNode();
        values.forEach((name, value) -> fields.set(name, json(value)));
        return new NetworkSettings(fields);
    }

    private static JsonNode json(String value) {
        for (String candidate : List.of(value, "[" + value + "]")) {
            try {
                return MAPPER.readTree(candidate);
            } catch (JsonProcessingException e) {
                // Then it is the other, or a text.
            }
        }
        return MAPPER.getNodeFactory().textNode(value);
    }

    /** The same with one more field: a number, a boolean, a text, or a list of numbers or of such lists. */
    public NetworkSettings with(String name, Object value) {
        ObjectNode more = fields.deepCopy();
        more.set(name, MAPPER.valueToTree(value));
        return new NetworkSettings(more);
    }

    /** The same where these fields, if they are there, take the place of its own. */
    public NetworkSettings overriddenBy(NetworkSettings others) {
        ObjectNode more = fields.deepCopy();
        more.setAll(others.fields);
        return new NetworkSettings(more);
    }

    /** A copy of the fields. */
    public ObjectNode json() {
        return fields.deepCopy();
    }

    /** The names of the fields. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        fields.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** These settings; refuses fields of other names. */
    public NetworkSettings requireOnly(String... known) {
        for (String name : names()) {
            if (!Set.of(known).contains(name)) {
                throw new IllegalArgumentException(
                        "there is no setting " + shown(name) + ", only " + String.join(", ", known));
            }
        }
        return this;
    }

    /** A whole number. */
    public int integer(String name, int published) {
        return fields.has(name) ? integer(name, fields.get(name)) : published;
    }

    /** A list of whole numbers. */
    public List<Integer> integers(String name, List<Integer> published) {
        return fields.has(name) ? integers(name, fields.get(name)) : published;
    }

    /** A list of lists of whole numbers, such as a kernel size per level. */
    public List<List<Integer>> integerLists(String name, List<List<Integer>> published) {
        if (!fields.has(name)) {
            return published;
        }
        List<List<Integer>> lists = new ArrayList<>();
        elements(name, fields.get(name)).forEach(list -> lists.add(integers(name, list)));
        return lists;
    }

    /** A number. */
    public double number(String name, double published) {
        if (!fields.has(name)) {
            return published;
        }
        require(fields.get(name).isNumber(), name + " must be a number");
        return fields.get(name).doubleValue();
    }

    /** Yes or no. */
    public boolean flag(String name, boolean published) {
        if (!fields.has(name)) {
            return published;
        }
        require(fields.get(name).isBoolean(), name + " must be true or false");
        return fields.get(name).booleanValue();
    }

    /** One of these texts. */
    public String choice(String name, String published, List<String> choices) {
        if (!fields.has(name)) {
            return published;
        }
        require(choices.contains(fields.get(name).textValue()), name + " must be one of " + String.join(", ", choices));
        return fields.get(name).textValue();
    }

    private static List<Integer> integers(String name, JsonNode value) {
        List<Integer> integers = new ArrayList<>();
        elements(name, value).forEach(element -> integers.add(integer(name, element)));
        return integers;
    }

    private static ArrayNode elements(String name, JsonNode value) {
        require(value.isArray(), name + " must be a list");
        return (ArrayNode) value;
    }

    private static int integer(String name, JsonNode value) {
        require(value.isIntegralNumber() && value.canConvertToInt(), name + " must be a whole number");
        return value.intValue();
    }

    private static String shown(String name) {
        return name.codePoints()
                .limit(64)
                .filter(c -> c > ' ' && c < 127)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkSettings settings && fields.equals(settings.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
