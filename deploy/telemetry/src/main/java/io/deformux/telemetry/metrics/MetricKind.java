package io.deformux.telemetry.metrics;

/** What a metric is, which decides how Prometheus names it. */
public enum MetricKind {
    /** Only rises; its name ends in {@code _total}. */
    COUNTER("counter"),
    /** A value now. */
    GAUGE("gauge"),
    /** Durations in seconds: {@code _count}, {@code _sum} and {@code _bucket}. */
    HISTOGRAM("histogram"),
    /** Durations in seconds: {@code _count} and {@code _sum}. */
    SUMMARY("summary");

    private final String word;

    MetricKind(String word) {
        this.word = word;
    }

    /** As Prometheus calls it. */
    public String word() {
        return word;
    }
}
