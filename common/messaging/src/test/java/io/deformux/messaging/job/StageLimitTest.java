package io.deformux.messaging.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StageLimitTest {
    private static final StageLimit SHORT = new StageLimit(Duration.ofMillis(50));

    @Test
    void aStageThatTakesTooLongIsInterruptedAndNamed() {
        assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> SHORT.within("prepare", StageLimitTest::waitForEver))
                .withMessageContaining("prepare")
                .withMessageContaining("--stage-seconds")
                .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.JOB_TIMED_OUT));
        assertThat(Thread.interrupted())
                .as("the interrupt is not for what comes next")
                .isFalse();
    }

    @Test
    void aStageThatIsInTimeIsLeftAlone() {
        assertThat(new StageLimit(Duration.ofHours(1)).within("read", () -> 7)).isEqualTo(7);
        IllegalStateException own = new IllegalStateException("its own");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new StageLimit(Duration.ofHours(1)).within("read", () -> {
                    throw own;
                }))
                .isSameAs(own);
    }

    private static int waitForEver() {
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException(FailureCode.JOB_CANCELLED, "cancelled", e);
        }
    }
}
