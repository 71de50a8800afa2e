package io.deformux.messaging.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10); // clocks of this kind may run over
    private final Lease lease = new Lease(Duration.ofSeconds(6), now::get);

    @Test
    void nothingIsHeldBeforeKafkaHasConfirmedIt() {
        assertThat(lease.holds()).isFalse();
    }

    @Test
    void itRunsOutBeforeTheSessionDoesCountedFromWhatWasSent() {
        long sent = now.get();
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        lease.renew(sent);
        assertThat(lease.holds()).isTrue();
        now.set(sent + Duration.ofSeconds(5).toNanos());
        assertThat(lease.holds()).isFalse();
    }

    @Test
    void aLateConfirmationOfSomethingEarlierTakesNothingAway() {
        lease.renew(now.get());
        lease.renew(now.get() - Duration.ofSeconds(3).toNanos());
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(lease.holds()).isTrue();
    }

    @Test
    void whoeverWaitsForItGoesOnWhenItIsRenewed() throws InterruptedException {
        CountDownLatch waits = new CountDownLatch(1);
        Thread renewing = new Thread(() -> {
            try {
                waits.await();
                lease.renew(now.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        renewing.start();
        assertThat(lease.await(Duration.ofMillis(1))).isFalse();
        waits.countDown();
        assertThat(lease.await(Duration.ofSeconds(30))).isTrue();
        renewing.join();
    }
}
