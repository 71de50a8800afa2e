package io.deformux.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** A JSON object of which every field is known; what is missing, unknown or of the wrong kind is named by its pointer. */
final class JsonFields {
    private static final int NAME_SHOWN = 40;

    private final ObjectNode node;
    private final String pointer;

    private JsonFields(ObjectNode node, String pointer) {
        this.node = node;
        this.pointer = pointer;
    }

    /** The object at {@code pointer}, which may have the fields {@code known} and no other. */
    static JsonFields of(JsonNode node, String pointer, String... known) {
        if (!(node instanceof ObjectNode object)) {
            throw wrong(pointer, "an object");
        }
        Iterator<String> names = object.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            String shown = name.substring(0, Math.min(name.length(), NAME_SHOWN));
            Invalid.unless(
                    Set.of(known).contains(name),
                    pointer + "/" + shown + " is not a field of a model manifest; free content goes into /provenance");
        }
        return new JsonFields(object, pointer);
    }

    JsonFields object(String name, String... known) {
        return of(value(name), at(name), known);
    }

    List<JsonFields> objects(String name, String... known) {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode element : array(name)) {
            objects.add(of(element, at(name) + "/" + objects.size(), known));
        }
        return objects;
    }

    /** An object that may have any fields. */
    ObjectNode free(String name) {
        if (value(name) instanceof ObjectNode object) {
            return object;
        }
        throw wrong(at(name), "an object");
    }

    String text(String name) {
        if (!value(name).isTextual()) {
            throw wrong(at(name), "a string");
        }
        return value(name).textValue();
    }

    int integer(String name) {
        return integer(value(name), at(name));
    }

    boolean has(String name) {
        return node.has(name);
    }

    OptionalInt optionalInteger(String name) {
        return has(name) ? OptionalInt.of(integer(name)) : OptionalInt.empty();
    }

    List<Integer> integers(String name) {
        List<Integer> values = new ArrayList<>();
        for (JsonNode element : array(name)) {
            values.add(integer(element, at(name) + "/" + values.size()));
        }
        return values;
    }

    double number(String name) {
        return number(value(name), at(name));
    }

    List<Double> numbers(String name) {
        List<Double> values = new ArrayList<>();
        for (JsonNode element : array(name)) {
            values.add(number(element, at(name) + "/" + values.size()));
        }
        return values;
    }

    private JsonNode value(String name) {
        JsonNode value = node.get(name);
        Invalid.unless(value != null, at(name) + " is missing");
        return value;
    }

    private JsonNode array(String name) {
        if (!value(name).isArray()) {
            throw wrong(at(name), "an array");
        }
        return value(name);
    }

    private String at(String name) {
        return pointer + "/" + name;
    }

    private static int integer(JsonNode value, String pointer) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(pointer, "an integer");
        }
        return value.intValue();
    }

    private static double number(JsonNode value, String pointer) {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw wrong(pointer, "a finite number");
        }
        return value.doubleValue() + 0.0; // what is too small to tell from 0 is 0, not -0
    }

    private static RuntimeException wrong(String pointer, String wanted) {
        return Invalid.model((pointer.isEmpty() ? ModelManifest.FILE : pointer) + " must be " + wanted);
    }
}
