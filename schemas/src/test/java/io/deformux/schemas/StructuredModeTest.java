package io.deformux.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A CloudEvent as one JSON object is read as strictly as its data. */
class StructuredModeTest {
    private static final EventCodec CODEC = new EventCodec();
    private static final String ATTRIBUTES =
            "\"specversion\":\"1.0\",\"id\":\"s1\",\"source\":\"/router\",\"type\":\"" + ScanArrived.TYPE + "\"";

    static List<Event> events() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("events")
    void aLineThatWasWrittenIsTheSameEventWhenItIsRead(Event event) {
        CloudEvent read = read(CODEC.toJsonLine(EventCodecTest.encoded(event)));

        assertThat(CODEC.decode(read)).isEqualTo(event);
        assertThat(read.getId()).isEqualTo("id-1");
        assertThat(read.getTime()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(read.getSubject()).isEqualTo(event.key());
    }

    @Test
    void dataInBase64AndAbsentAttributesAreUnderstood() {
        String data = Samples.json(ScanArrived.TYPE);
        String coded = Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8));

        CloudEvent read =
                read("{" + ATTRIBUTES + ",\"time\":null,\"hops\":3,\"last\":true,\"data_base64\":\"" + coded + "\"}");

        assertThat(CODEC.decode(read)).isEqualTo(Samples.scanArrived());
        assertThat(read.getTime()).isNull();
        assertThat(read.getExtension("hops")).isEqualTo("3");
        assertThat(read.getExtension("last")).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            []                                        | must be a JSON object
            {}                                        | attribute specversion is missing
            {"specversion":"1.0"}                     | attribute id is missing
            {"specversion":"0.3","id":"1","source":"/x","type":"t"} | specversion must be 1.0
            {ATTRIBUTES,"time":"yesterday"}           | attribute time must be a time of RFC 3339
            {ATTRIBUTES,"subject":""}                 | attribute subject is empty
            {ATTRIBUTES,"dataschema":"not a uri"}     | attribute dataschema must be a URI reference
            {ATTRIBUTES,"correlation_id":"1"}         | attribute correlation_id has a name that CloudEvents does not allow
            {ATTRIBUTES,"Doe, Jane":"1"}              | attribute has a name that CloudEvents does not allow
            {ATTRIBUTES,"score":0.5}                  | a text, a boolean or a whole number
            {ATTRIBUTES,"nested":{}}                  | a text, a boolean or a whole number
            {ATTRIBUTES,"data":{},"data_base64":"e30="} | both data and data_base64
            {ATTRIBUTES,"data_base64":"%"}            | base64
            {ATTRIBUTES,"id":"2"}                     | the same field twice
            {ATTRIBUTES                               | not JSON
            """)
    void whatIsNoCloudEventIsToldInASentence(String json, String sentence) {
        InvalidEventException refused =
                catchThrowableOfType(InvalidEventException.class, () -> read(json.replace("ATTRIBUTES", ATTRIBUTES)));

        assertThat(refused).hasMessageContaining(sentence);
        assertThat(refused.getMessage()).doesNotContain("Jane");
    }

    @Test
    void deepNestingIsRefusedAndNotFollowed() {
        InvalidEventException refused = catchThrowableOfType(
                InvalidEventException.class,
                () -> read("{" + ATTRIBUTES + ",\"data\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"));

        assertThat(refused).hasMessageContaining("nesting is too deep");
    }

    private static CloudEvent read(String json) {
        return CODEC.fromJson(json.getBytes(StandardCharsets.UTF_8));
    }
}
