package io.deformux.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deformux.schemas.ChannelReference;
import io.deformux.schemas.DicomSegKind;
import io.deformux.schemas.EventCodec;
import io.deformux.schemas.InputReference;
import io.deformux.schemas.ModelReference;
import io.deformux.schemas.OutputChoice;
import io.deformux.schemas.Priority;
import io.deformux.schemas.ScanArrived;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code {"rules": [{"modality": "CT", "when": {"tag": "SliceThickness", "most": 3}, "model": "amos", "output":
 * "file:///…"}]}}. Makes no rules of a file that is not right to its end.
 */
public final class RoutingRulesReader {
    private static final long MOST_BYTES = 1 << 20;
    private static final Set<String> JOB_FIELDS =
            Set.of("model", "modelVersion", "output", "dicomOutput", "dicomSegKind", "priority", "outputs", "channels");
    private static final Set<String> CHANNEL_FIELDS = Set.of("name", "when");
    private static final Set<String> RULE_FIELDS = ruleFields();
    private static final InputReference ANYWHERE = new InputReference(
            URI.create("dicomweb://pacs/dicom-web/studies/1.2/series/1.2.3"),
            InputReference.Kind.DICOM,
            Optional.empty());

    private final ObjectMapper mapper = new ObjectMapper();
    private final EventCodec codec = new EventCodec();

    private static Set<String> ruleFields() {
        Set<String> fields = new HashSet<>(JOB_FIELDS);
        fields.addAll(Set.of("modality", "bodyPart", "description", "when", "models"));
        return Set.copyOf(fields);
    }

    /**
     * The rules of a file.
     *
     * @throws IllegalArgumentException saying which rule has what wrong
     */
    public RoutingRules read(Path file) {
        return read(bytes(file));
    }

    static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException("the file is larger than " + MOST_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("the file cannot be read", e);
        }
    }

    RoutingRules read(byte[] file) {
        JsonNode root = json(file);
        if (!root.path("rules").isArray()) {
            throw new IllegalArgumentException("the rules file needs a list \"rules\"");
        }
        List<Rule> rules = new ArrayList<>();
        for (JsonNode rule : root.get("rules")) {
            try {
                rules.add(rule(rule));
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("rule " + rules.size() + ": " + e.getMessage(), e);
            }
        }
        return new RoutingRules(rules);
    }

    private JsonNode json(byte[] file) {
        try {
            return mapper.readTree(file);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "line " + e.getLocation().getLineNr() + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the file cannot be read", e);
        }
    }

    private Rule rule(JsonNode rule) {
        requireKnown(rule, RULE_FIELDS);
        List<WantedJob> jobs = new ArrayList<>();
        if (rule.has("models")) {
            if (rule.has("model")
                    || rule.has("modelVersion")
                    || !rule.get("models").isArray()) {
                throw new IllegalArgumentException("a rule has a model, or a list of models");
            }
            for (JsonNode model : rule.get("models")) {
                requireKnown(model, JOB_FIELDS);
                jobs.add(job(model, rule));
            }
        } else {
            jobs.add(job(rule, rule));
        }
        return new Rule(condition(rule), jobs);
    }

    /** What is said of the rule itself holds for each of its models that says nothing else. */
    private WantedJob job(JsonNode job, JsonNode rule) {
        WantedJob plain = new WantedJob(
                text(job, "model")
                        .map(name -> new ModelReference(name, text(job, "modelVersion")))
                        .orElse(null),
                text(job, rule, "output").map(URI::create).orElse(null),
                text(job, rule, "dicomOutput").map(URI::create),
                text(job, rule, "dicomSegKind").map(RoutingRulesReader::kind),
                text(job, rule, "priority").map(RoutingRulesReader::priority));
        List<WantedChannel> channels =
                channels(job.hasNonNull("channels") ? job.get("channels") : rule.path("channels"));
        JsonNode outputs = job.hasNonNull("outputs") ? job.get("outputs") : rule.path("outputs");
        return plain.with(outputs(plain, channels, outputs), channels);
    }

    private static List<WantedChannel> channels(JsonNode channels) {
        if (channels.isMissingNode() || channels.isNull()) {
            return List.of();
        }
        if (!channels.isArray() || channels.isEmpty()) {
            throw new IllegalArgumentException("channels has to be a list");
        }
        List<WantedChannel> wanted = new ArrayList<>();
        for (JsonNode channel : channels) {
            requireKnown(channel, CHANNEL_FIELDS);
            wanted.add(new WantedChannel(
                    text(channel, "name").orElseThrow(() -> new IllegalArgumentException("a channel needs a name")),
                    ConditionReader.read(channel.path("when"))));
        }
        return wanted;
    }

    /** Puts them into an event of the job, which has to keep to the contract, so that none fails when the first series comes. */
    private Optional<OutputChoice> outputs(WantedJob job, List<WantedChannel> channels, JsonNode outputs) {
        WantedJob whole = channels.isEmpty()
                ? job
                : job.with(channels.stream()
                        .map(channel -> new ChannelReference(channel.name(), ANYWHERE))
                        .toList());
        String event = codec.toJson(whole.event("check", ANYWHERE));
        if (outputs.isMissingNode() || outputs.isNull()) {
            return Optional.empty();
        }
        try {
            ObjectNode asking = (ObjectNode) mapper.readTree(event);
            asking.set("outputs", outputs);
            ScanArrived asked = (ScanArrived) codec.fromJson(ScanArrived.TYPE, mapper.writeValueAsBytes(asking));
            return asked.outputs();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event that was written cannot be read", e);
        }
    }

    private static Condition condition(JsonNode rule) {
        List<Condition> all = new ArrayList<>();
        text(rule, "modality").ifPresent(text -> all.add(equal("Modality", text)));
        text(rule, "bodyPart").ifPresent(text -> all.add(equal("BodyPartExamined", text)));
        text(rule, "description")
                .ifPresent(text -> all.add(new Condition.Any(
                        List.of(matches("SeriesDescription", text), matches("StudyDescription", text)))));
        if (rule.hasNonNull("when")) {
            all.add(ConditionReader.read(rule.get("when")));
        }
        return new Condition.All(all);
    }

    private static Condition equal(String keyword, String text) {
        return new Condition.Equal(AttributePath.parse(keyword), List.of(text));
    }

    private static Condition matches(String keyword, String expression) {
        return new Condition.Matches(AttributePath.parse(keyword), Expression.compile(expression));
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

    private static void requireKnown(JsonNode object, Set<String> known) {
        object.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                throw new IllegalArgumentException("unknown field " + field + ", known are " + known);
            }
        });
    }

    private static Optional<String> text(JsonNode job, JsonNode rule, String field) {
        return text(job, field).or(() -> text(rule, field));
    }

    private static Optional<String> text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " has to be text");
        }
        return Optional.of(value.asText());
    }
}
