package io.deformux.worker.infer.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StageClockTest {
    private final StageClock clock = new StageClock(Duration.ofMillis(100));

    @Test
    void aStageBeyondItsTimeIsInterruptedAndFailsWithItsName() {
        StageFailure failure =
                catchThrowableOfType(StageFailure.class, () -> clock.time(Stage.FETCH, StageClockTest::sleepOn));

        assertThat(failure.code()).isEqualTo(FailureCode.JOB_TIMED_OUT);
        assertThat(failure.stage()).isEqualTo(Stage.FETCH);
        assertThat(failure).hasMessageContaining("fetch");
        assertThat(Thread.currentThread().isInterrupted())
                .as("the interrupt is not for the next stage")
                .isFalse();
    }

    @Test
    void aStageWithinItsTimeIsLeftAlone() {
        assertThat(new StageClock(Duration.ofHours(1)).<String>time(Stage.READ, () -> "read"))
                .isEqualTo("read");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aFailureWithinItsTimeStaysWhatItIs() {
        StageFailure failure = catchThrowableOfType(
                StageFailure.class, () -> new StageClock(Duration.ofHours(1)).time(Stage.STORE, StageClockTest::fail));

        assertThat(failure.code()).isEqualTo(FailureCode.OUTPUT_FAILED);
    }

    private static void fail() {
        throw new JobException(FailureCode.OUTPUT_FAILED, "It did not read back.");
    }

    private static void sleepOn() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new JobException(FailureCode.STORAGE_UNAVAILABLE, "interrupted", e);
        }
    }
}
