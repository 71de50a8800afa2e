package io.deformux.messaging.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trace contexts as W3C writes them. */
class TraceContextTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void itsPartsAreKnown() {
        TraceContext trace = TraceContext.parse(PARENT).orElseThrow();

        assertThat(trace.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(trace.spanId()).isEqualTo("b7ad6b7169203331");
        assertThat(trace.isSampled()).isTrue();
        assertThat(new TraceContext(PARENT.replace("-01", "-02")).isSampled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "Doe, Jane"
            })
    void whatIsNotOfTheFormCountsForNothing(String value) {
        assertThat(TraceContext.parse(value)).isEmpty();
        assertThat(TraceContext.in(new RecordHeaders().add("traceparent", value.getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    @Test
    void aRecordCarriesItAsHeaderAndAsAttributeOfItsEvent() {
        ProducerRecord<byte[], byte[]> made =
                TraceContext.parse(PARENT).orElseThrow().on(new ProducerRecord<>("topic", new byte[0]));

        assertThat(TraceContext.in(made.headers())).contains(new TraceContext(PARENT));
        made.headers().remove("traceparent");
        assertThat(TraceContext.in(made.headers())).contains(new TraceContext(PARENT));
    }

    @Test
    void whatTracingSystemsHaveToSayIsPassedOnIfItIsOfTheForm() {
        TraceContext trace = new TraceContext(PARENT, Optional.of("vendor=one,other=2"));

        assertThat(TraceContext.in(
                        trace.on(new ProducerRecord<>("topic", new byte[0])).headers()))
                .contains(trace);
        assertThat(TraceContext.parse(PARENT, Optional.of("Doe\nJane"))).contains(new TraceContext(PARENT));
        assertThat(TraceContext.parse(PARENT, Optional.of("a=" + "b".repeat(600))))
                .contains(new TraceContext(PARENT));
    }

    @Test
    void aNewTraceTakesTheOldOnesStateAway() {
        ProducerRecord<byte[], byte[]> made =
                new TraceContext(PARENT, Optional.of("vendor=one")).on(new ProducerRecord<>("topic", new byte[0]));

        assertThat(TraceContext.in(new TraceContext(PARENT).on(made).headers())).contains(new TraceContext(PARENT));
    }

    @Test
    void aHeaderWithoutAValueIsNone() {
        assertThat(TraceContext.in(new RecordHeaders().add("traceparent", null)))
                .isEmpty();
    }
}
