package io.deformux.worker.infer.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.messaging.job.JobContext;
import io.deformux.schemas.Event;
import io.deformux.schemas.JobProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowReportTest {
    private final List<JobProgress> said = new ArrayList<>();

    /** As after memory has not sufficed: the first windows are reported again. */
    @Test
    void aScanThatBeginsAnewIsReportedAnew() {
        WindowReport report = new WindowReport("ct-1", new Said());
        report.windowsDone(4, 12);
        report.windowsDone(8, 12);
        report.windowsDone(4, 12);
        report.windowsDone(8, 12);
        assertThat(said).extracting(JobProgress::done).containsExactly(4L, 8L, 4L, 8L);
        assertThat(said).extracting(progress -> progress.etaMs().isPresent()).containsExactly(false, true, false, true);
    }

    private final class Said implements JobContext {
        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public Instant sent() {
            return Instant.EPOCH;
        }

        @Override
        public void progress(Event event) {
            said.add((JobProgress) event);
        }

        @Override
        public boolean owned() {
            return true;
        }

        @Override
        public void requireOwned() {
            // It is.
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }
}
