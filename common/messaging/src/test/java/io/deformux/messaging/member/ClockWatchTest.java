package io.deformux.messaging.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private final AtomicInteger told = new AtomicInteger();
    private Duration wall = Duration.ofDays(20_000);
    private Duration steady = Duration.ofHours(5);
    private final ClockWatch watch =
            new ClockWatch(() -> wall.toMillis(), () -> steady.toNanos(), told::incrementAndGet);

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void aClockThatWasSetBackIsToldOnce() {
        pass(Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(watch.wasSetBack()).isFalse();

        pass(Duration.ofHours(-1), Duration.ofSeconds(1));
        pass(Duration.ofHours(-1), Duration.ofSeconds(1));

        assertThat(watch.wasSetBack()).isTrue();
        assertThat(told).hasValue(1);
    }

    @Test
    void aClockThatIsSetForwardOrCorrectedALittleIsBorne() {
        pass(Duration.ofHours(2), Duration.ofSeconds(1));
        pass(Duration.ofMillis(200), Duration.ofSeconds(1));

        assertThat(watch.wasSetBack()).isFalse();
        assertThat(told).hasValue(0);
    }

    /** The machine slept: only the wall clock went on. */
    @Test
    void aMachineThatSleptHasItsClockAsItWas() {
        pass(Duration.ofHours(8), Duration.ZERO);

        assertThat(watch.wasSetBack()).isFalse();
    }

    private void pass(Duration onTheWall, Duration steadily) {
        wall = wall.plus(onTheWall);
        steady = steady.plus(steadily);
        watch.look();
    }
}
