package io.deformux.messaging.job;

import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StageTimerTest {
    @Test
    void nothingIsKeptOfAStageThatHasEnded() {
        WeakReference<StageTimer> kept = new WeakReference<>(closedTimer());

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return kept.get() == null;
        });
    }

    private static StageTimer closedTimer() {
        try (StageTimer timer = new StageTimer(Duration.ofHours(1))) {
            return timer;
        }
    }
}
