package io.deformux.telemetry.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A health that answers in time, with codes. */
class HealthTest {
    @Test
    void aProblemIsToldByTheNameOfItsCheckAndItsCode() throws InterruptedException {
        Health health = new Health();
        health.requireToWork(HealthCheck.of("good", Optional::empty));
        health.requireToWork(HealthCheck.of("bad", () -> {
            throw new JobException(FailureCode.STORAGE_FULL, "no room below /secret/place");
        }));

        assertThat(health.ready().isGood()).isFalse();
        assertThat(health.ready().problems())
                .containsEntry("good", Optional.empty())
                .containsEntry("bad", Optional.of("STORAGE_FULL"));
        assertThat(health.alive().isGood()).isTrue();
    }

    @Test
    void aCheckThatHangsIsAProblemAndIsNotAskedTwice() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        BoundedCheck check = new BoundedCheck(
                HealthCheck.of("share", () -> {
                    asked.incrementAndGet();
                    end.await();
                    return Optional.empty();
                }),
                Duration.ofMillis(50),
                Duration.ZERO);

        assertThat(check.problem()).contains(BoundedCheck.NO_ANSWER);
        assertThat(check.problem()).contains(BoundedCheck.NO_ANSWER);
        assertThat(asked).hasValue(1);
        end.countDown();
    }
}
