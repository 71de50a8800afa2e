package io.deformux.routing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads conditions: {@code {"all": […]}}, {@code {"any": […]}}, {@code {"not": …}}, or a test of an attribute, as
 * {@code {"tag": "SliceThickness", "least": 0.5, "most": 3}}. An attribute with several tests has to hold all.
 */
final class ConditionReader {
    private static final int MOST_NESTING = 16;
    private static final Set<String> TESTS = Set.of("tag", "equals", "matches", "least", "most", "present");

    private ConditionReader() {}

    /**
     * The condition that JSON says.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static Condition read(JsonNode json) {
        return read(json, 0);
    }

    private static Condition read(JsonNode json, int nesting) {
        if (!json.isObject() || json.isEmpty()) {
            throw new IllegalArgumentException("a condition is an object with all, any, not or tag");
        }
        if (nesting > MOST_NESTING) {
            throw new IllegalArgumentException("conditions are nested deeper than " + MOST_NESTING);
        }
        if (json.has("tag")) {
            return test(json);
        }
        String kind = json.fieldNames().next();
        if (json.size() > 1) {
            throw new IllegalArgumentException(
                    "a condition has one of all, any, not and tag, and " + kind + " nothing beside it");
        }
        JsonNode inner = json.get(kind);
        return switch (kind) {
            case "all" -> new Condition.All(list(kind, inner, nesting));
            case "any" -> new Condition.Any(list(kind, inner, nesting));
            case "not" -> new Condition.Not(read(inner, nesting + 1));
            default ->
                throw new IllegalArgumentException("unknown condition " + kind + ", known are all, any, not and tag");
        };
    }

    private static List<Condition> list(String kind, JsonNode inner, int nesting) {
        if (!inner.isArray() || inner.isEmpty()) {
            throw new IllegalArgumentException(kind + " needs a list of conditions");
        }
        List<Condition> conditions = new ArrayList<>();
        inner.forEach(one -> conditions.add(read(one, nesting + 1)));
        return conditions;
    }

    private static Condition test(JsonNode json) {
        json.fieldNames().forEachRemaining(field -> {
            if (!TESTS.contains(field)) {
                throw new IllegalArgumentException("unknown test " + field + ", known are " + TESTS);
            }
        });
        AttributePath path = AttributePath.parse(text("tag", json.get("tag")));
        List<Condition> tests = new ArrayList<>();
        if (json.has("equals")) {
            tests.add(equal(path, json.get("equals")));
        }
        if (json.has("matches")) {
            tests.add(new Condition.Matches(path, Expression.compile(text("matches", json.get("matches")))));
        }
        if (json.has("least") || json.has("most")) {
            double least = number("least", json, Double.NEGATIVE_INFINITY);
            double most = number("most", json, Double.POSITIVE_INFINITY);
            if (least > most) {
                throw new IllegalArgumentException("least is more than most");
            }
            tests.add(new Condition.InRange(path, least, most));
        }
        if (json.has("present")) {
            if (!json.get("present").isBoolean()) {
                throw new IllegalArgumentException("present has to be true or false");
            }
            tests.add(new Condition.Present(path, json.get("present").asBoolean()));
        }
        if (tests.isEmpty()) {
            throw new IllegalArgumentException("a tag needs equals, matches, least, most or present");
        }
        return tests.size() == 1 ? tests.get(0) : new Condition.All(tests);
    }

    /** Texts as texts, and numbers as numbers: 1.5 is 1.50 too. */
    private static Condition equal(AttributePath path, JsonNode json) {
        List<String> texts = new ArrayList<>();
        List<Condition> any = new ArrayList<>();
        for (JsonNode one : json.isArray() ? json : List.of(json)) {
            if (one.isNumber()) {
                any.add(new Condition.InRange(path, one.asDouble(), one.asDouble()));
            } else {
                texts.add(text("equals", one));
            }
        }
        if (!texts.isEmpty() || any.isEmpty()) {
            any.add(new Condition.Equal(path, texts));
        }
        return any.size() == 1 ? any.get(0) : new Condition.Any(any);
    }

    private static String text(String field, JsonNode json) {
        if (!json.isTextual() && !json.isNumber()) {
            throw new IllegalArgumentException(field + " has to be text");
        }
        return json.asText();
    }

    private static double number(String field, JsonNode json, double absent) {
        if (!json.has(field)) {
            return absent;
        }
        if (!json.get(field).isNumber()) {
            throw new IllegalArgumentException(field + " has to be a number");
        }
        return json.get(field).asDouble();
    }
}
