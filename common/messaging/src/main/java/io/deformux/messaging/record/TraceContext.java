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
 * The trace that a record belongs to (W3C Trace Context, level 1, sections 3.2 and 3.3): which one, the span that caused
 * the record, and what tracing systems on the way have to say. In Kafka these are the headers {@code traceparent} and
 * {@code tracestate}, and the attributes of these names of the CloudEvent.
 *
 * @param parent the first header's value, of a form that is known to be right
 * @param state the second one's, passed on as it is; empty if there is none, or none that the specification would pass on
 */
public record TraceContext(String parent, Optional<String> state) {
    /** The name of the header with the span. */
    public static final String HEADER = "traceparent";
    /** The name of the header that is passed on beside it. */
    public static final String STATE_HEADER = "tracestate";

    private static final String ATTRIBUTE = "ce_";
    /** Printable ASCII, up to as long as everybody has to take. */
    private static final Pattern STATE = Pattern.compile("[\\x20-\\x7e]*=[\\x20-\\x7e]*");

    private static final int LONGEST_STATE = 512;
    /** Of a later version there may be more behind the flags. */
    private static final Pattern FORM = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.{0,100})?");

    /** A checked one. */
    public TraceContext {
        if (!FORM.matcher(Objects.requireNonNull(parent, "parent")).matches()) {
            throw new IllegalArgumentException("no traceparent");
        }
        state = state.filter(TraceContext::isPassedOn);
    }

    /** One with nothing beside the span. */
    public TraceContext(String parent) {
        this(parent, Optional.empty());
    }

    /** What a header says; one that is not of the form counts for nothing, as the specification wants it. */
    public static Optional<TraceContext> parse(String value) {
        return parse(value, Optional.empty());
    }

    /** What both headers say; a second one that is not of its form is left out. */
    public static Optional<TraceContext> parse(String value, Optional<String> state) {
        return FORM.matcher(value).matches() ? Optional.of(new TraceContext(value, state)) : Optional.empty();
    }

    private static boolean isPassedOn(String state) {
        return state.length() <= LONGEST_STATE && STATE.matcher(state).matches();
    }

    /** That of a record with these headers; of several headers the last one counts. */
    public static Optional<TraceContext> in(Headers headers) {
        return in(headers, "").or(() -> in(headers, ATTRIBUTE));
    }

    /** That of a record with these headers, which holds that event. */
    public static Optional<TraceContext> in(Headers headers, CloudEvent event) {
        return in(headers)
                .or(() -> extension(event, HEADER).flatMap(value -> parse(value, extension(event, STATE_HEADER))));
    }

    private static Optional<String> extension(CloudEvent event, String name) {
        return Optional.ofNullable(event.getExtension(name)).map(Object::toString);
    }

    private static Optional<TraceContext> in(Headers headers, String prefix) {
        return last(headers, prefix + HEADER).flatMap(value -> parse(value, last(headers, prefix + STATE_HEADER)));
    }

    private static Optional<String> last(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /** The record as one of this trace. */
    public ProducerRecord<byte[], byte[]> on(ProducerRecord<byte[], byte[]> made) {
        for (String prefix : new String[] {"", ATTRIBUTE}) {
            made.headers().remove(prefix + HEADER);
            made.headers().remove(prefix + STATE_HEADER);
            made.headers().add(prefix + HEADER, parent.getBytes(StandardCharsets.UTF_8));
            state.ifPresent(value -> made.headers().add(prefix + STATE_HEADER, value.getBytes(StandardCharsets.UTF_8)));
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
