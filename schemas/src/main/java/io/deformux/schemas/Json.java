package io.deformux.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.deformux.schemas.InvalidEventException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON text, trees and records; strict about what it reads. */
final class Json {
    /** As Kafka's own default limit on a record. */
    static final int MAX_BYTES = 1 << 20;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxNumberLength(64)
                            .maxNameLength(256)
                            .maxStringLength(1 << 16)
                            .build())
                    .build())
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .build();

    private Json() {}

    /** An empty object to fill. */
    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * The tree of a JSON text.
     *
     * @throws InvalidEventException if it is not UTF-8, not JSON, has a field twice, or is too large or too deep
     */
    static JsonNode parse(byte[] utf8) {
        if (utf8.length > MAX_BYTES) {
            throw new InvalidEventException(
                    Reason.TOO_LARGE, "", "the data are " + utf8.length + " bytes, the limit is " + MAX_BYTES);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return MAPPER.readTree(text);
        } catch (CharacterCodingException e) {
            throw invalid("", "the data are not UTF-8");
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /** The JSON text of a record or a tree, on one line. */
    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("an event that JSON cannot hold", e);
        }
    }

    /** The record of a tree that keeps to the record's schema. */
    static <T> T read(JsonNode data, Class<T> type) {
        try {
            return MAPPER.treeToValue(data, type);
        } catch (JsonMappingException e) {
            Pointer pointer = Pointer.ROOT;
            for (JsonMappingException.Reference step : e.getPath()) {
                pointer = step.getFieldName() == null
                        ? pointer.element(step.getIndex())
                        : pointer.field(step.getFieldName());
            }
            throw invalid(pointer.toString(), "must have a value that can be used");
        } catch (JacksonException e) {
            throw invalid("", "the data cannot be used");
        }
    }

    private static InvalidEventException unreadable(JacksonException e) {
        // Jackson's own message quotes the text, so only its class and the place are used.
        String place = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        String message = String.valueOf(e.getOriginalMessage());
        if (message.startsWith("Duplicate field")) {
            return invalid(
                    Pointer.of(((JsonParser) e.getProcessor())
                                    .getParsingContext()
                                    .pathAsPointer())
                            .toString(),
                    "the same field twice in one object" + place);
        }
        if (e instanceof StreamConstraintsException) {
            return invalid("", "a number, a name or a text is too long, or the nesting is too deep" + place);
        }
        return invalid("", "the data are not JSON" + place);
    }

    private static InvalidEventException invalid(String pointer, String rule) {
        return new InvalidEventException(Reason.INVALID, pointer, rule);
    }
}
