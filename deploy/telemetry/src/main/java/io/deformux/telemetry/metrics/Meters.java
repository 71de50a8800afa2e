package io.deformux.telemetry.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The values of the catalogue's metrics in this process. For all threads. */
public final class Meters implements AutoCloseable {
    /** Upper ends of the histograms' buckets, in s: from a window of a small network to a fold of a day. */
    private static final Duration[] BUCKETS = DoubleStream.of(
                    0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60, 120, 300, 600, 1800, 3600, 14_400, 86_400)
            .mapToObj(seconds -> Duration.ofMillis(Math.round(seconds * 1000)))
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Nothing is counted yet. */
    public Meters() {
        registry.config().meterFilter(new CatalogueFilter());
    }

    /** Counts {@code by} more; label values in the catalogue's order. */
    public void count(Metric metric, double by, String... values) {
        Counter.builder(meterName(metric))
                .tags(tags(metric, values))
                .register(registry)
                .increment(by);
    }

    /** One duration more. */
    public void time(Metric metric, Duration time, String... values) {
        time(metric, time, 1, values);
    }

    /** Several durations that are {@code time} together, each taken for the mean. */
    public void time(Metric metric, Duration time, int count, String... values) {
        Timer timer = timer(metric, values);
        Duration each = time.isNegative() ? Duration.ZERO : time.dividedBy(count);
        IntStream.range(0, count).forEach(i -> timer.record(each));
    }

    /** There, though nothing has been timed. */
    public void prepare(Metric metric, String... values) {
        timer(metric, values);
    }

    private Timer timer(Metric metric, String... values) {
        return Timer.builder(meterName(metric))
                .tags(tags(metric, values))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** A value that is asked for at every scrape; it must be quick and is kept from the garbage collector. */
    public void gauge(Metric metric, Supplier<Number> value, String... values) {
        Gauge.builder(meterName(metric), value)
                .tags(tags(metric, values))
                .strongReference(true)
                .register(registry);
    }

    /** A value of somebody else's until what this gives is run: a gauge, or a counter that rises elsewhere. */
    Runnable bind(Metric metric, Supplier<Number> value, String... values) {
        Meter bound = metric.kind() == MetricKind.COUNTER
                ? FunctionCounter.builder(
                                meterName(metric), this, self -> value.get().doubleValue()) // held weakly
                        .tags(tags(metric, values))
                        .register(registry)
                : Gauge.builder(meterName(metric), value)
                        .tags(tags(metric, values))
                        .strongReference(true)
                        .register(registry);
        return () -> registry.remove(bound);
    }

    /** For binders of libraries; what is not in the catalogue is dropped. */
    MeterRegistry registry() {
        return registry;
    }

    /** All of it in Prometheus' text format 0.0.4. */
    public String scrape() {
        return registry.scrape();
    }

    /** The names' endings are Micrometer's. */
    private static String meterName(Metric metric) {
        String name = metric.prometheusName();
        return switch (metric.kind()) {
            case COUNTER -> name.replaceFirst("_total$", "");
            case GAUGE -> name;
            case HISTOGRAM, SUMMARY -> name.replaceFirst("_seconds$", "");
        };
    }

    private static Tags tags(Metric metric, String... values) {
        if (values.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric + " has the labels " + metric.labels());
        }
        return Tags.of(IntStream.range(0, values.length)
                .mapToObj(i -> Tag.of(metric.labels().get(i), values[i]))
                .toList());
    }

    @Override
    public void close() {
        registry.close();
    }
}
