package io.deformux.schemas;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.deformux.schemas.InvalidEventException.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Puts a CloudEvent together from attributes as they were received, as text, and says which one breaks which rule of
 * CloudEvents 1.0 (sections 3.1 and "Type System"). The same for every way that events come in. For one event.
 */
public final class EnvelopeBuilder {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,100}");
    private static final Pattern TELLABLE = Pattern.compile("[A-Za-z0-9_.-]{1,40}");

    private final Map<String, String> attributes = new TreeMap<>();
    private byte[] data;

    /** Sets an attribute or an extension; a later one of the same name counts. */
    public EnvelopeBuilder attribute(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    /** Sets the data. */
    public EnvelopeBuilder data(byte[] bytes) {
        data = bytes;
        return this;
    }

    /**
     * The event.
     *
     * @throws InvalidEventException if it is no CloudEvent 1.0
     */
    public CloudEvent build() {
        for (String required : new String[] {"specversion", "id", "source", "type"}) {
            if (!attributes.containsKey(required)) {
                throw invalid(required, "is missing");
            }
        }
        CloudEventBuilder builder = CloudEventBuilder.v1();
        attributes.forEach((name, value) -> put(builder, name, value));
        if (data != null) {
            builder.withData(data);
        }
        return builder.build();
    }

    private static void put(CloudEventBuilder builder, String name, String value) {
        if (value.isEmpty()) {
            throw invalid(name, "is empty");
        }
        switch (name) {
            case "specversion" -> requireVersion(value);
            case "id" -> builder.withId(value);
            case "type" -> builder.withType(value);
            case "source" -> builder.withSource(uri(name, value));
            case "dataschema" -> builder.withDataSchema(uri(name, value));
            case "datacontenttype" -> builder.withDataContentType(value);
            case "subject" -> builder.withSubject(value);
            case "time" -> builder.withTime(time(value));
            default -> builder.withExtension(extension(name), value);
        }
    }

    private static void requireVersion(String value) {
        if (!value.equals("1.0")) {
            throw new InvalidEventException(Reason.INVALID, "", "the CloudEvents specversion must be 1.0");
        }
    }

    private static URI uri(String name, String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            throw invalid(name, "must be a URI reference");
        }
    }

    private static OffsetDateTime time(String value) {
        try {
            return OffsetDateTime.parse(value);
        } catch (DateTimeParseException e) {
            throw invalid("time", "must be a time of RFC 3339 with its offset, as 2026-03-01T12:00:00Z");
        }
    }

    private static String extension(String name) {
        if (!NAME.matcher(name).matches() || name.equals("data")) {
            throw invalid(name, "has a name that CloudEvents does not allow: lower-case letters and digits only");
        }
        return name;
    }

    private static InvalidEventException invalid(String name, String rule) {
        String told = TELLABLE.matcher(name).matches() ? " " + name : "";
        return new InvalidEventException(Reason.INVALID, "", "the CloudEvents attribute" + told + " " + rule);
    }
}
