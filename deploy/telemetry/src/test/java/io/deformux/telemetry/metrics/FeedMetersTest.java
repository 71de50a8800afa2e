package io.deformux.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.net.CallerRefusal;
import io.deformux.failure.FailureCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FeedMetersTest {
    private final AtomicLong clock = new AtomicLong();
    private final Meters meters = new Meters();
    private final FeedMeters feed = new FeedMeters(meters, clock::get);

    @Test
    void whatKeepsLooksFromGoingWellIsSaidByItsCodeAfterFiveMinutes() {
        feed.failed(FailureCode.CREDENTIALS_REFUSED);
        assertThat(feed.problem()).isEmpty();

        clock.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(feed.problem()).contains(FailureCode.CREDENTIALS_REFUSED);
        assertThat(meters.scrape()).contains("deformux_feed_failures_total{code=\"CREDENTIALS_REFUSED\"} 1.0");

        feed.looked(0);
        assertThat(feed.problem()).isEmpty();

        clock.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(feed.problem())
                .as("what was before the last look that went well is over")
                .contains(FailureCode.STORAGE_UNAVAILABLE);
    }

    @Test
    void whoGetsNoAssociationIsCountedByTheReason() {
        NodeMeters node = new NodeMeters(meters, feed);
        node.refused(CallerRefusal.CALLING_TITLE);
        node.refused(CallerRefusal.CALLING_TITLE);

        assertThat(meters.scrape()).contains("deformux_dicom_refused_total{reason=\"calling_title\"} 2.0");
    }
}
