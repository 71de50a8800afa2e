package io.deformux.telemetry.metrics;

import io.deformux.results.webhook.WebhookObserver;

/** Counts what becomes of posts. Told by the webhook's thread. */
public final class WebhookMeters implements WebhookObserver {
    private final Meters meters;

    /** Nothing is posted yet. */
    public WebhookMeters(Meters meters) {
        this.meters = meters;
        count(0, "taken");
        count(0, "refused");
        count(0, "passed_over");
    }

    private void count(int posts, String outcome) {
        meters.count(Metric.WEBHOOK_POSTS, posts, outcome);
    }

    @Override
    public void taken() {
        count(1, "taken");
    }

    @Override
    public void refused() {
        count(1, "refused");
    }

    @Override
    public void passedOver() {
        count(1, "passed_over");
    }
}
