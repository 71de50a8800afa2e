package io.deformux.schemas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** The structured mode of a CloudEvent: attributes and data in one JSON object (CloudEvents 1.0, JSON Event Format). */
final class StructuredJson {
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
            line.set("data", Json.parse(data));
        } catch (InvalidEventException e) {
            line.put("data_base64", data);
        }
    }
}
