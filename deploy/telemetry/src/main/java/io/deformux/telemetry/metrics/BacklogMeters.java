package io.deformux.telemetry.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the backlog every so often, on a thread of its own, since a broker that is down takes its time to say so. */
public final class BacklogMeters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BacklogMeters.class);

    private final Meters meters;
    private final Supplier<List<Backlog>> look;
    private final Map<List<String>, Optional<Backlog>> found = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "deformux-backlog");
        made.setDaemon(true);
        return made;
    });

    /** Looks now and then at that pace; what cannot be seen is NaN. */
    public BacklogMeters(Meters meters, Supplier<List<Backlog>> look, Duration pace) {
        this.meters = meters;
        this.look = look;
        thread.scheduleWithFixedDelay(this::look, 0, pace.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            List<Backlog> now = look.get();
            found.replaceAll((key, before) -> Optional.empty());
            now.forEach(this::put);
        } catch (RuntimeException e) {
            found.replaceAll((key, before) -> Optional.empty());
            LOG.debug("The backlog cannot be seen", e);
        }
    }

    private void put(Backlog one) {
        List<String> key = List.of(one.group(), one.topic());
        if (found.put(key, Optional.of(one)) == null) {
            meters.gauge(Metric.BACKLOG, () -> value(key, each -> (double) each.records()), one.group(), one.topic());
            meters.gauge(
                    Metric.BACKLOG_AGE, () -> value(key, each -> seconds(each.oldest())), one.group(), one.topic());
            meters.gauge(Metric.RETENTION, () -> value(key, BacklogMeters::retention), one.topic());
        }
    }

    private double value(List<String> key, Function<Backlog, Double> of) {
        return found.get(key).map(of).orElse(Double.NaN);
    }

    private static double retention(Backlog one) {
        return one.retention()
                .map(time -> time.isNegative() ? Double.POSITIVE_INFINITY : seconds(time))
                .orElse(Double.NaN);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
