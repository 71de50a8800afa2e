package io.deformux.telemetry.metrics;

import io.deformux.failure.FailureCode;
import io.deformux.pacs.BridgeObserver;
import java.time.Duration;

/** Counts what a bridge publishes. Told by the bridge's thread, asked by others. */
public final class FeedMeters implements BridgeObserver {
    private final Meters meters;
    private volatile boolean rulesRefused;
    private volatile long lookedAt = System.nanoTime();

    /** Nothing is published yet; the age of the last look counts from now. */
    public FeedMeters(Meters meters) {
        this.meters = meters;
        meters.count(Metric.FEED_EVENTS, 0);
        meters.count(Metric.FEED_SET_ASIDE, 0);
        meters.gauge(Metric.RULES_REFUSED, () -> rulesRefused ? 1 : 0);
        meters.gauge(Metric.FEED_AGE, () -> age().toMillis() / 1000.0);
    }

    /** How long no look has gone well. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - lookedAt);
    }

    @Override
    public void looked(int events) {
        lookedAt = System.nanoTime();
        meters.count(Metric.FEED_EVENTS, events);
    }

    @Override
    public void failed(FailureCode code) {
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
