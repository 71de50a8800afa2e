package io.deformux.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.deformux.schemas.InvalidEventException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Events to and from CloudEvents 1.0 with JSON data; nothing that breaks its schema passes in either direction.
 *
 * <p>Immutable and safe to share between threads. Making one reads and compiles the schemas, so make one per process.
 */
public final class EventCodec {
    private static final String CONTENT_TYPE = "application/json";
    private static final Pattern JSON_CONTENT =
            Pattern.compile("application/json(\\s*;\\s*charset=\"?utf-8\"?)?\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern MAJOR_VERSION = Pattern.compile("\\.v[0-9]{1,9}$");

    private static final Map<String, Class<? extends Event>> TYPES = Map.ofEntries(
            Map.entry(ScanArrived.TYPE, ScanArrived.class),
            Map.entry(SegmentationCompleted.TYPE, SegmentationCompleted.class),
            Map.entry(SegmentationFailed.TYPE, SegmentationFailed.class),
            Map.entry(TrainingRequested.TYPE, TrainingRequested.class),
            Map.entry(TrainingFoldRequested.TYPE, TrainingFoldRequested.class),
            Map.entry(TrainingFoldCompleted.TYPE, TrainingFoldCompleted.class),
            Map.entry(TrainingFoldFailed.TYPE, TrainingFoldFailed.class),
            Map.entry(TrainingReady.TYPE, TrainingReady.class),
            Map.entry(TrainingCompleted.TYPE, TrainingCompleted.class),
            Map.entry(TrainingFailed.TYPE, TrainingFailed.class),
            Map.entry(ComparisonRequested.TYPE, ComparisonRequested.class),
            Map.entry(ComparisonReady.TYPE, ComparisonReady.class),
            Map.entry(ComparisonCompleted.TYPE, ComparisonCompleted.class),
            Map.entry(ComparisonFailed.TYPE, ComparisonFailed.class),
            Map.entry(ModelPublished.TYPE, ModelPublished.class),
            Map.entry(JobProgress.TYPE, JobProgress.class),
            Map.entry(DeadLetterReplay.TYPE, DeadLetterReplay.class),
            Map.entry(JobCancel.TYPE, JobCancel.class));

    private final EventSchemas schemas = new EventSchemas(types());

    /**
     * The CloudEvent of an event; its subject is the event's key and its data schema the schema's {@code $id}.
     *
     * @param event the data
     * @param id the CloudEvents id; with the source it identifies the event, so a repeated event has the same
     * @param source who sends it, a URI reference
     * @param time when it happened
     * @throws InvalidEventException if the event breaks its schema
     */
    public CloudEvent encode(Event event, String id, URI source, OffsetDateTime time) {
        return CloudEventBuilder.v1()
                .withId(id)
                .withSource(source)
                .withType(event.type())
                .withSubject(event.key())
                .withTime(time)
                .withData(CONTENT_TYPE, EventSchemas.id(event.type()), validJson(event))
                .build();
    }

    /**
     * The event of a CloudEvent. Only the type and the data count: whether the data come with the right subject,
     * source or data schema is not looked at, and an absent content type is taken as JSON.
     *
     * @throws InvalidEventException if it is not of the contract
     */
    public Event decode(CloudEvent event) {
        Class<? extends Event> type = recordOf(event.getType());
        if (event.getSpecVersion() != SpecVersion.V1) {
            throw new InvalidEventException(Reason.INVALID, "", "the CloudEvents specversion must be 1.0");
        }
        String contentType = event.getDataContentType();
        if (contentType != null && !JSON_CONTENT.matcher(contentType).matches()) {
            throw new InvalidEventException(Reason.INVALID, "", "the content type must be " + CONTENT_TYPE);
        }
        CloudEventData data = event.getData();
        if (data == null || data.toBytes().length == 0) {
            throw new InvalidEventException(Reason.INVALID, "", "the event has no data");
        }
        return read(event.getType(), Json.parse(data.toBytes()), type);
    }

    /**
     * The data of an event as JSON on one line, without a line end.
     *
     * @throws InvalidEventException if the event breaks its schema
     */
    public String toJson(Event event) {
        return new String(validJson(event), StandardCharsets.UTF_8);
    }

    /**
     * The event whose data these are, as {@link #toJson} wrote them.
     *
     * @throws InvalidEventException if they break the schema of that type
     */
    public Event fromJson(String type, byte[] utf8) {
        Class<? extends Event> known = recordOf(type);
        return read(type, Json.parse(utf8), known);
    }

    private Event read(String type, JsonNode tree, Class<? extends Event> known) {
        schemas.check(type, tree);
        return Json.read(OlderVersions.TODAY.containsKey(type) ? OlderVersions.today(tree) : tree, known);
    }

    /**
     * The data of a request as version 1 of its type writes them, which digests of that time cover; empty if it asks for
     * something that version 1 cannot say.
     */
    public Optional<String> toJsonOfVersion1(TrainingRequested request) {
        return OlderVersions.ofVersion1(Json.parse(validJson(request)))
                .map(tree -> new String(Json.write(tree), StandardCharsets.UTF_8));
    }

    /**
     * A whole CloudEvent as JSON on one line, without a line end: the structured mode of the CloudEvents JSON format,
     * so that any tool can read it. It prints what it is given, valid or not.
     */
    public String toJsonLine(CloudEvent event) {
        return StructuredJson.line(event);
    }

    /**
     * The CloudEvent of a JSON object, as {@link #toJsonLine} writes it (structured mode); {@link #decode} gives its event.
     *
     * @throws InvalidEventException if it is no CloudEvent 1.0
     */
    public CloudEvent fromJson(byte[] json) {
        return StructuredJson.read(json);
    }

    /** The types that are written and their records. */
    static Map<String, Class<? extends Event>> written() {
        return TYPES;
    }

    /** The types that are read: those, and older versions of some. */
    static Set<String> types() {
        Set<String> types = new TreeSet<>(TYPES.keySet());
        types.addAll(OlderVersions.TODAY.keySet());
        return types;
    }

    private byte[] validJson(Event event) {
        byte[] json = Json.write(event);
        // What was written is read back: a NaN, for one, only shows in the text.
        schemas.check(event.type(), Json.parse(json));
        return json;
    }

    private static Class<? extends Event> recordOf(String type) {
        Class<? extends Event> known = TYPES.get(OlderVersions.TODAY.getOrDefault(type, type));
        if (known != null) {
            return known;
        }
        for (String other : TYPES.keySet()) {
            if (family(other).equals(family(type))) {
                throw new InvalidEventException(
                        Reason.VERSION_UNSUPPORTED,
                        "",
                        "this version of the event is not supported, but " + other + " is");
            }
        }
        throw new InvalidEventException(Reason.TYPE_UNKNOWN, "", "the event type is not known");
    }

    /** The type without its major version, if it has one. */
    private static Optional<String> family(String type) {
        Matcher version = MAJOR_VERSION.matcher(type);
        return version.find() ? Optional.of(type.substring(0, version.start())) : Optional.empty();
    }
}
