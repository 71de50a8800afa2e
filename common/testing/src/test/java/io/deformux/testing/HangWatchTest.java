package io.deformux.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;

/** Runs that hang, inside a run that must not. */
class HangWatchTest {
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch ended = new CountDownLatch(1);

    @Test
    void aDynamicTestThatWaitsForEverFailsAndTheNextOneRuns() {
        List<TestExecutionResult> results = Launches.run(Waits.class, watch(Duration.ofMinutes(5)));

        assertThat(results)
                .extracting(TestExecutionResult::getStatus)
                .containsExactly(Status.FAILED, Status.SUCCESSFUL);
        assertThat(results.get(0).getThrowable()).get().isInstanceOf(InterruptedException.class);
        assertThat(said).singleElement().satisfies(text -> assertThat(text)
                .startsWith("HANGS: HangWatchTest$Waits.forEver waiting has gone on for 0 s")
                .contains("CountDownLatch.await")
                .contains("\"hang-watch\" RUNNABLE"));
        assertThat(ended.getCount()).as("the JVM may stay").isEqualTo(1);
    }

    @Test
    void aBusyLoopEndsTheJvmAfterTheThreadsArePrinted() throws InterruptedException {
        Launches.run(Spins.class, watch(Duration.ofMillis(100)));

        ended.await();
        assertThat(said).singleElement().satisfies(text -> assertThat(text)
                .startsWith("HANGS: HangWatchTest$Spins.busily")
                .contains("HangWatchTest$Spins.busily(HangWatchTest.java:"));
    }

    @Test
    void aTestThatAsksForMoreTimeGetsIt() {
        List<TestExecutionResult> results = Launches.run(TakesItsTime.class, watch(Duration.ofMinutes(5)));

        assertThat(results).extracting(TestExecutionResult::getStatus).containsExactly(Status.SUCCESSFUL);
        assertThat(said).isEmpty();
    }

    private HangWatch watch(Duration grace) {
        return new HangWatch(Duration.ofMillis(100), grace, said::add, () -> {
            Spins.LET_GO.countDown();
            ended.countDown();
        });
    }

    /** JUnit's own timeout knows of no dynamic test. */
    static class Waits {
        @TestFactory
        Stream<DynamicTest> forEver() {
            return Stream.of(
                    DynamicTest.dynamicTest("waiting", () -> new CountDownLatch(1).await()),
                    DynamicTest.dynamicTest(
                            "after it", () -> assertThat(Thread.interrupted()).isFalse()));
        }
    }

    /** Notices no interrupt. */
    static class Spins {
        private static final CountDownLatch LET_GO = new CountDownLatch(1);

        @Test
        void busily() {
            while (LET_GO.getCount() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    static class TakesItsTime {
        @Test
        @Timeout(60)
        void fourTimesWhatOthersGet() throws InterruptedException {
            assertThat(new CountDownLatch(1).await(400, TimeUnit.MILLISECONDS)).isFalse();
        }
    }
}
