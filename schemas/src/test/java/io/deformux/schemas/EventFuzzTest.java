package io.deformux.schemas;

import io.deformux.testing.format.Archives;
import io.deformux.testing.fuzz.FuzzRun;
import io.deformux.testing.fuzz.FuzzTarget;
import io.deformux.testing.fuzz.JsonTokens;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events of every type, damaged in any way: an event that keeps to its schema, or {@link InvalidEventException}. */
@Tag("fuzz")
class EventFuzzTest {
    private static final EventCodec CODEC = new EventCodec();

    /** Trees and what the validator notes of them. */
    private static final FuzzTarget.Memory MEMORY = new FuzzTarget.Memory(8 << 20, 1024);

    static Stream<FuzzTarget> targets() {
        List<byte[]> seeds = Samples.all().stream()
                .map(event -> CODEC.encode(event, "id-1", URI.create("/fuzz"), OffsetDateTime.MIN))
                .map(event -> Archives.bytes(CODEC.toJsonLine(event)))
                .toList();
        return Stream.of(new FuzzTarget(
                "events",
                seeds,
                JsonTokens.all(),
                InvalidEventException.class::isInstance,
                MEMORY,
                EventFuzzTest::read));
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 5, unit = TimeUnit.HOURS)
    void whateverTheBytesReadingEndsInAnEventOrADocumentedRefusal(FuzzTarget target) {
        FuzzRun.check(target);
    }

    /** What is taken can be written and is the same again. */
    private static void read(byte[] json) {
        Event event = CODEC.decode(CODEC.fromJson(json));
        Event again = CODEC.fromJson(event.type(), Archives.bytes(CODEC.toJson(event)));
        if (!again.equals(event)) {
            throw new IllegalStateException("an event is another one when it is written and read");
        }
        event.key();
        event.identity();
        event.topic();
    }
}
