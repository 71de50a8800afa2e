package io.deformux.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.deformux.schemas.InvalidEventException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;

/** The structured mode of a CloudEvent: attributes and data in one JSON object (CloudEvents 1.0, JSON Event Format). */
final class StructuredJson {
    private static final String DATA = "data";
    private static final String BASE64 = "data_base64";

    private StructuredJson() {}

    static String line(CloudEvent event) {
        ObjectNode line = Json.object();
        line.put("specversion", event.getSpecVersion().toString());
        for (String name : event.getAttributeNames()) {
            put(line, name, event.getAttribute(name));
        }
        for (String name : event.getExtensionNames()) {
            put(line, name, event.getExtension(name));
        }
        if (event.getData() != null) {
            putData(line, event.getData().toBytes());
        }
        return new String(Json.write(line), StandardCharsets.UTF_8);
    }

    /**
     * The event of a JSON object, its data as JSON again. Members that are null are absent; texts, booleans and whole
     * numbers are attributes.
     *
     * @throws InvalidEventException if it is no CloudEvent 1.0
     */
    static CloudEvent read(byte[] json) {
        JsonNode tree = Json.parse(json);
        if (!tree.isObject()) {
            throw invalid("a CloudEvent in structured mode must be a JSON object");
        }
        if (tree.hasNonNull(DATA) && tree.hasNonNull(BASE64)) {
            throw invalid("the CloudEvent has both data and data_base64");
        }
        EnvelopeBuilder builder = new EnvelopeBuilder();
        for (Map.Entry<String, JsonNode> member : tree.properties()) {
            if (!member.getValue().isNull()) {
                read(member.getKey(), member.getValue(), builder);
            }
        }
        return builder.build();
    }

    private static void read(String name, JsonNode value, EnvelopeBuilder builder) {
        switch (name) {
            case DATA -> builder.data(Json.write(value));
            case BASE64 -> builder.data(decoded(value));
            default -> {
                if (!value.isTextual() && !value.isBoolean() && !value.isIntegralNumber()) {
                    throw invalid("each CloudEvents attribute must be a text, a boolean or a whole number");
                }
                builder.attribute(name, value.asText());
            }
        }
    }

    private static byte[] decoded(JsonNode value) {
        try {
            return Base64.getDecoder().decode(value.asText());
        } catch (IllegalArgumentException e) {
            throw invalid("data_base64 must be a text in base64");
        }
    }

    private static InvalidEventException invalid(String rule) {
        return new InvalidEventException(Reason.INVALID, "", rule);
    }

    private static void put(ObjectNode line, String name, Object value) {
        if (value instanceof Boolean flag) {
            line.put(name, flag);
        } else if (value instanceof Integer number) {
            line.put(name, number);
        } else if (value instanceof byte[] bytes) {
            line.put(name, bytes);
        } else if (value instanceof OffsetDateTime time) {
            line.put(name, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time)); // toString() may leave out seconds
        } else if (value != null) {
            line.put(name, value.toString());
        }
    }

    private static void putData(ObjectNode line, byte[] data) {
        try {
            line.set(DATA, Json.parse(data));
        } catch (InvalidEventException e) {
            line.put(BASE64, data);
        }
    }
}
