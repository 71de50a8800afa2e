package io.deformux.messaging.record;

import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The trace that a record belongs to (W3C Trace Context, level 1, section 3.2): which one, and the span that caused the
 * record. In Kafka it is the header {@code traceparent}, and the attribute of that name of the CloudEvent.
 *
 * @param parent the header's value, of a form that is known to be right
 */
public record TraceContext(String parent) {
    /** The header's name. */
    public static final String HEADER = "traceparent";

    private static final String ATTRIBUTE = "ce_" + HEADER;
    /** Of a later version there may be more behind the flags. */
    private static final Pattern FORM = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.{0,100})?");

    /** A checked one. */
    public TraceContext {
        if (!FORM.matcher(Objects.requireNonNull(parent, "parent")).matches()) {
            throw new IllegalArgumentException("no traceparent");
        }
    }

    /** What a header says; one that is not of the form counts for nothing, as the specification wants it. */
    public static Optional<TraceContext> parse(String value) {
        return FORM.matcher(value).matches() ? Optional.of(new TraceContext(value)) : Optional.empty();
    }

    /** That of a record with these headers; of several headers the last one counts. */
    public static Optional<TraceContext> in(Headers headers) {
        return in(headers, HEADER).or(() -> in(headers, ATTRIBUTE));
    }

    /** That of a record with these headers, which holds that event. */
    public static Optional<TraceContext> in(Headers headers, CloudEvent event) {
        return in(headers)
                .or(() -> Optional.ofNullable(event.getExtension(HEADER)).flatMap(value -> parse(value.toString())));
    }

    private static Optional<TraceContext> in(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .flatMap(value -> parse(new String(value, StandardCharsets.UTF_8)));
    }

    /** The record as one of this trace. */
    public ProducerRecord<byte[], byte[]> on(ProducerRecord<byte[], byte[]> made) {
        for (String name : new String[] {HEADER, ATTRIBUTE}) {
            made.headers().remove(name);
            made.headers().add(name, parent.getBytes(StandardCharsets.UTF_8));
        }
        return made;
    }

    /** Which trace: 32 hexadecimal digits. */
    public String traceId() {
        return group(1);
    }

    /** Which span of it: 16 hexadecimal digits. */
    public String spanId() {
        return group(2);
    }

    /** Whether its spans are kept, as far as the sender knows. */
    public boolean isSampled() {
        return (Integer.parseInt(group(3), 16) & 1) == 1;
    }

    private String group(int number) {
        Matcher parts = FORM.matcher(parent);
        if (!parts.matches()) {
            throw new IllegalStateException("no traceparent"); // the constructor has seen to it
        }
        return parts.group(number);
    }
}
