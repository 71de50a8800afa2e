package io.deformux.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.standalone.chaos.Ledger.Sent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** 2000 small jobs through one worker, {@code -Dsoak.jobs=N} for another number: what it holds does not grow with them. */
@Tag("chaos")
@EnabledOnOs(OS.LINUX)
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class SoakTest {
    private static final int JOBS = Integer.getInteger("soak.jobs", 2000);
    private static final int SAMPLES = 20;
    /** Until caches are filled and code is compiled. */
    private static final int WARM_UP = SAMPLES / 4;

    private static final double MIB = 1 << 20;
    private static final ChaosScale ONE_WORKER =
            new ChaosScale(1, Duration.ofSeconds(6), 0, 0, 0, 0, false, Duration.ofMinutes(10));

    @Test
    void memoryHandlesAndThreadsAreFlat(@TempDir Path folder) throws IOException {
        List<ProcessGauge> gauges = new ArrayList<>();
        try (ChaosSite site = new ChaosSite(folder, ONE_WORKER, "soak")) {
            site.start();
            try (Ledger ledger = new Ledger(site.broker().address())) {
                for (int sample = 0; sample < SAMPLES; sample++) {
                    run(site, ledger, JOBS / SAMPLES);
                    gauges.add(ProcessGauge.of(site.hosts().get(0).worker().pid()));
                }
            }
        }
        List<ProcessGauge> steady = gauges.subList(WARM_UP, SAMPLES);
        double heap = report("heap, MiB", steady, gauge -> gauge.heap() / MIB);
        double resident = report("resident, MiB", steady, gauge -> gauge.resident() / MIB);
        double handles = report("handles", steady, ProcessGauge::handles);
        double threads = report("threads", steady, ProcessGauge::threads);
        assertThat(heap).as("MiB of heap in 1000 jobs").isLessThan(1);
        assertThat(resident).as("MiB in memory in 1000 jobs").isLessThan(20);
        assertThat(handles).as("handles in 1000 jobs").isLessThan(1);
        assertThat(threads).as("threads in 1000 jobs").isLessThan(1);
    }

    private static void run(ChaosSite site, Ledger ledger, int jobs) {
        List<Sent> sent = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            sent.add(ledger.send(site.scans().next(site.outputs().toUri()), RecordKind.GOOD, n % 16));
        }
        assertThat(ledger.awaitOutcomes(sent, ONE_WORKER.latest())).isEmpty();
    }

    /** How much it grows in 1000 jobs. */
    private static double report(String what, List<ProcessGauge> steady, ToDoubleFunction<ProcessGauge> value) {
        double slope = Slope.of(steady, value) * SAMPLES / JOBS * 1000;
        System.out.printf(
                Locale.ROOT,
                "soak: %d jobs: %s: %.1f to %.1f, %+.2f in 1000 jobs%n",
                JOBS,
                what,
                steady.stream().mapToDouble(value).min().orElseThrow(),
                steady.stream().mapToDouble(value).max().orElseThrow(),
                slope);
        return slope;
    }
}
