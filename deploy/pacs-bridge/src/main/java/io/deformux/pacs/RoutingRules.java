package io.deformux.pacs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deformux.schemas.DicomSegKind;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.Priority;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules in their order; the first that takes a series decides. Segmentations, reports and the like are never taken, so
 * that what comes back to the PACS starts nothing anew.
 *
 * @param rules the rules
 */
public record RoutingRules(List<Rule> rules) {
    private static final Set<String> FIELDS = Set.of(
            "modality",
            "bodyPart",
            "description",
            "model",
            "modelVersion",
            "output",
            "dicomOutput",
            "dicomSegKind",
            "priority");
    private static final Set<String> IMAGES = Set.of("CT", "MR");

    /** The list is copied. */
    public RoutingRules {
        rules = List.copyOf(rules);
    }

    /**
     * Reads {@code {"rules": [{"modality": "CT", "model": "amos", "output": "file:///…"}]}}.
     *
     * @throws IllegalArgumentException saying which rule has what wrong
     */
    public static RoutingRules read(Path file) {
        JsonNode root = json(file);
        if (!root.path("rules").isArray()) {
            throw new IllegalArgumentException("the rules file needs a list \"rules\"");
        }
        EventCodec codec = new EventCodec();
        List<Rule> rules = new ArrayList<>();
        for (JsonNode rule : root.get("rules")) {
            try {
                rules.add(checked(rule(rule), codec));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("rule " + rules.size() + ": " + e.getMessage(), e);
            }
        }
        return new RoutingRules(rules);
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "line " + e.getLocation().getLineNr() + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the file cannot be read", e);
        }
    }

    private static Rule rule(JsonNode rule) {
        rule.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException("unknown field " + field + ", known are " + FIELDS);
            }
        });
        return new Rule(
                text(rule, "modality"),
                text(rule, "bodyPart"),
                text(rule, "description").map(RoutingRules::pattern),
                text(rule, "model").orElse(null),
                text(rule, "modelVersion"),
                text(rule, "output").map(URI::create).orElse(null),
                text(rule, "dicomOutput").map(URI::create),
                text(rule, "dicomSegKind").map(RoutingRules::kind),
                text(rule, "priority").map(RoutingRules::priority));
    }

    private static Pattern pattern(String description) {
        return Pattern.compile(description, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static DicomSegKind kind(String name) {
        return Arrays.stream(DicomSegKind.values())
                .filter(kind -> kind.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("dicomSegKind is binary or labelmap"));
    }

    private static Priority priority(String name) {
        return Arrays.stream(Priority.values())
                .filter(priority -> priority.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("priority is urgent or routine"));
    }

    /** Gives a rule back whose events keep to the contract, so that none fails when the first series comes. */
    private static Rule checked(Rule rule, EventCodec codec) {
        URI anywhere = URI.create("dicomweb://pacs/dicom-web/studies/1.2/series/1.2.3");
        codec.encode(rule.event("check", anywhere), "check", anywhere, OffsetDateTime.MIN);
        return rule;
    }

    private static Optional<String> text(JsonNode rule, String field) {
        JsonNode value = rule.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " has to be text");
        }
        return Optional.of(value.asText());
    }

    /** The rule that takes a series, if one does. */
    Optional<Rule> of(Series series) {
        return IMAGES.contains(series.modality())
                ? rules.stream().filter(rule -> rule.takes(series)).findFirst()
                : Optional.empty();
    }
}
