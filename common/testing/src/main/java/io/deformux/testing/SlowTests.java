package io.deformux.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Lists the slowest tests at the end of a module's run; says nothing where all were quick. */
public final class SlowTests implements TestExecutionListener {
    private static final int SHOWN = 10;

    private final Duration slow;
    private final Consumer<String> out;
    private final Map<String, Long> starts = new ConcurrentHashMap<>();
    private final List<Timed> found = new ArrayList<>();

    private record Timed(String test, Duration took) {}

    /** Five seconds are slow, and the list goes where the tests' own output goes. */
    public SlowTests() {
        this(Duration.ofSeconds(5), text -> System.out.println(text));
    }

    SlowTests(Duration slow, Consumer<String> out) {
        this.slow = slow;
        this.out = out;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isTest()) {
            starts.put(test.getUniqueId(), System.nanoTime());
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Long start = starts.remove(test.getUniqueId());
        if (start != null) {
            add(new Timed(TestName.of(test), Duration.ofNanos(System.nanoTime() - start)));
        }
    }

    private synchronized void add(Timed timed) {
        if (timed.took.compareTo(slow) >= 0) {
            found.add(timed);
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        if (!found.isEmpty()) {
            found.sort(Comparator.comparing(Timed::took).reversed());
            StringBuilder text = new StringBuilder(
                    String.format(Locale.ROOT, "slow tests: %d took over %.1f s", found.size(), slow.toMillis() / 1e3));
            for (Timed timed : found.subList(0, Math.min(SHOWN, found.size()))) {
                text.append(String.format(Locale.ROOT, "%n%7.1f s  %s", timed.took.toMillis() / 1e3, timed.test));
            }
            out.accept(text.toString());
        }
    }
}
