package io.deformux.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChildWorkerTest {
    private final List<Process> started = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aProcessThatEndsIsStartedAgainAndEndsWithItsWorker() throws InterruptedException {
        ChildWorker worker = ChildWorker.start(
                "cuda:1",
                () -> {
                    Process process = new ProcessBuilder("sleep", "600").start();
                    started.add(process);
                    return process;
                },
                Duration.ofMillis(1));
        started.get(0).destroyForcibly();
        await().until(() -> started.size() == 2);

        assertThat(worker.stop(Duration.ofSeconds(20))).isTrue();
        worker.join();

        assertThat(started).hasSize(2).noneMatch(Process::isAlive);
    }

    @Test
    void aProcessThatIsStartedAgainWhileItsWorkerStopsEndsToo() throws InterruptedException {
        AtomicReference<ChildWorker> worker = new AtomicReference<>();
        Thread stops = new Thread(() -> {
            try {
                worker.get().stop(Duration.ofSeconds(20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stops.setDaemon(true);
        ChildWorker.Starter starter = () -> {
            if (started.size() == 1) {
                stops.start();
                await().until(() ->
                        stops.getState() == Thread.State.BLOCKED || stops.getState() == Thread.State.WAITING);
            }
            Process process = new ProcessBuilder("sleep", "600").start();
            started.add(process);
            return process;
        };
        worker.set(ChildWorker.start("cuda:1", starter, Duration.ofMillis(1)));
        started.get(0).destroyForcibly();

        await().until(() -> started.size() == 2 && !stops.isAlive());

        assertThat(started).noneMatch(Process::isAlive);
    }

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }
}
