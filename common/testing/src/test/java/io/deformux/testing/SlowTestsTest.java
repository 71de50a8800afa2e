package io.deformux.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SlowTestsTest {
    private final List<String> said = new ArrayList<>();

    @Test
    void theSlowOnesAreListedSlowestFirst() {
        Launches.run(OneIsSlow.class, new SlowTests(Duration.ofMillis(200), said::add));

        assertThat(said).singleElement().satisfies(text -> assertThat(text)
                .startsWith("slow tests: 2 took over 0.2 s")
                .containsPattern(
                        "\\R +[\\d.]+ s  SlowTestsTest\\$OneIsSlow.slower\\R +[\\d.]+ s  .*OneIsSlow.each slow$"));
    }

    @Test
    void theListIsShort() {
        Launches.run(Many.class, new SlowTests(Duration.ZERO, said::add));

        assertThat(said).singleElement().satisfies(text -> assertThat(text)
                .startsWith("slow tests: 12 took over 0.0 s")
                .hasLineCount(11));
    }

    @Test
    void ofQuickOnesNothingIsSaid() {
        Launches.run(Many.class, new SlowTests(Duration.ofMinutes(1), said::add));

        assertThat(said).isEmpty();
    }

    private static void take(int millis) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
    }

    static class OneIsSlow {
        @TestFactory
        Stream<DynamicTest> each() {
            return Stream.of(
                    DynamicTest.dynamicTest("slow", () -> take(250)), DynamicTest.dynamicTest("quick", () -> {}));
        }

        @Test
        void slower() throws InterruptedException {
            take(700);
        }
    }

    static class Many {
        @TestFactory
        Stream<DynamicTest> all() {
            return IntStream.range(0, 12).mapToObj(n -> DynamicTest.dynamicTest("number " + n, () -> {}));
        }
    }
}
