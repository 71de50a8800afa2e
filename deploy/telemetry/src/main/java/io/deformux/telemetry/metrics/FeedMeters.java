package io.deformux.telemetry.metrics;

import io.deformux.failure.FailureCode;
import io.deformux.pacs.BridgeObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Counts what a bridge publishes. Told by the bridge's thread, asked by others. */
public final class FeedMeters implements BridgeObserver {
    /** More than a look takes that goes well, but for the slowest pace that can be set. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Meters meters;
    private volatile boolean rulesRefused;
    private final LongSupplier clock;
    private volatile FailureCode failure = FailureCode.STORAGE_UNAVAILABLE;
    private volatile long lookedAt;

    /** Nothing is published yet; the age of the last look counts from now. */
    public FeedMeters(Meters meters) {
        this(meters, System::nanoTime);
    }

    /** The same by another clock, in ns. */
    FeedMeters(Meters meters, LongSupplier clock) {
        this.meters = meters;
        this.clock = clock;
        this.lookedAt = clock.getAsLong();
        meters.count(Metric.FEED_EVENTS, 0);
        meters.count(Metric.FEED_SET_ASIDE, 0);
        meters.gauge(Metric.RULES_REFUSED, () -> rulesRefused ? 1 : 0);
        meters.gauge(Metric.FEED_AGE, () -> age().toMillis() / 1000.0);
    }

    private Duration age() {
        return Duration.ofNanos(clock.getAsLong() - lookedAt);
    }

    /**
     * What the last look failed of, where none has gone well for five minutes; {@code STORAGE_UNAVAILABLE} where none has ended
     * since then.
     */
    public Optional<FailureCode> problem() {
        return age().compareTo(LIMIT) > 0 ? Optional.of(failure) : Optional.empty();
    }

    @Override
    public void looked(int events) {
        failure = FailureCode.STORAGE_UNAVAILABLE;
        lookedAt = clock.getAsLong();
        meters.count(Metric.FEED_EVENTS, events);
    }

    @Override
    public void failed(FailureCode code) {
        failure = code;
        meters.count(Metric.FEED_FAILURES, 1, code.name());
    }

    @Override
    public void setAside() {
        meters.count(Metric.FEED_SET_ASIDE, 1);
    }

    @Override
    public void rules(boolean refused) {
        rulesRefused = refused;
    }
}
