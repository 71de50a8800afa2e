package io.deformux.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.network.gpu.Gpu;
import io.deformux.network.gpu.Gpus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeviceWatchTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Deque<Boolean> answers = new ArrayDeque<>();
    private final AtomicInteger ends = new AtomicInteger();
    private final DeviceWatch watch = new DeviceWatch(
            0,
            new Gpus() {
                @Override
                public List<Gpu> all() {
                    return List.of(new Gpu(0, "NVIDIA Test", 9, 0, 1));
                }

                @Override
                public long free(int index) {
                    if (!answers.remove()) {
                        throw new IllegalStateException("status 700");
                    }
                    return 1;
                }
            },
            LONG,
            ends::incrementAndGet);

    @Test
    void aGpuThatAnswersNoMoreEndsTheProcess() {
        look(true, false, false);
        assertThat(ends).hasValue(0);
        look(false);
        assertThat(ends).hasValue(1);
    }

    @Test
    void oneThatAnswersAgainDoesNot() {
        look(false, false, true, false, false, true);
        assertThat(ends).hasValue(0);
    }

    @Test
    void aCallOfTheDriverThatDoesNotReturnEndsTheProcess() {
        CountDownLatch forEver = new CountDownLatch(1);
        Gpus hanging = new Gpus() {
            @Override
            public List<Gpu> all() {
                return List.of();
            }

            @Override
            public long free(int index) {
                try {
                    forEver.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return 1;
            }
        };
        new DeviceWatch(0, hanging, Duration.ofMillis(10), ends::incrementAndGet).look();
        assertThat(ends).hasValue(1);
        forEver.countDown();
    }

    private void look(boolean... answered) {
        for (boolean each : answered) {
            answers.add(each);
            watch.look();
        }
    }
}
