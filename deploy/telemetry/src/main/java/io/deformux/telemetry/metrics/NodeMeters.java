package io.deformux.telemetry.metrics;

import io.deformux.dicom.net.CallerRefusal;
import io.deformux.failure.FailureCode;
import io.deformux.node.NodeObserver;
import java.util.Locale;

/** Counts what a DICOM node takes, publishes and sends back. Told by its threads, asked by others. */
public final class NodeMeters implements NodeObserver {
    private final Meters meters;
    private final FeedMeters feed;
    private volatile int unsent;

    /**
     * Nothing has come yet.
     *
     * @param feed counts the looks and what is published
     */
    public NodeMeters(Meters meters, FeedMeters feed) {
        this.meters = meters;
        this.feed = feed;
        meters.gauge(Metric.DICOM_UNSENT, () -> unsent);
    }

    @Override
    public void looked(int events) {
        feed.looked(events);
    }

    @Override
    public void failed(FailureCode code) {
        feed.failed(code);
    }

    @Override
    public void setAside() {
        feed.setAside();
    }

    @Override
    public void rules(boolean refused) {
        feed.rules(refused);
    }

    @Override
    public void ended(End end) {
        meters.count(Metric.DICOM_ASSOCIATIONS, 1, end.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void refused(CallerRefusal why) {
        meters.count(Metric.DICOM_REFUSED, 1, why.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void instance(int status) {
        meters.count(Metric.DICOM_INSTANCES, 1, String.format("%04X", status));
    }

    @Override
    public void sentBack(boolean well) {
        meters.count(Metric.DICOM_RETURNS, 1, well ? "sent" : "failed");
    }

    @Override
    public void unsent(int jobs) {
        unsent = jobs;
    }
}
