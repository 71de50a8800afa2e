package io.deformux.worker.infer.stage;

import io.deformux.failure.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An observer whose faults are not the job's. Says the first one, since the others are most likely the same. */
public final class ObservedStages implements StageObserver {
    private static final Logger LOG = LoggerFactory.getLogger(ObservedStages.class);

    private final StageObserver observer;
    private final AtomicBoolean said = new AtomicBoolean();

    /** Tells that observer. */
    public ObservedStages(StageObserver observer) {
        this.observer = Objects.requireNonNull(observer, "observer");
    }

    @Override
    public void ended(String jobId, Stage stage, Instant begun, Duration time, Optional<FailureCode> failure) {
        safe(() -> observer.ended(jobId, stage, begun, time, failure));
    }

    @Override
    public void predicted(int windows, Duration time) {
        safe(() -> observer.predicted(windows, time));
    }

    @Override
    public void segmented(long voxels) {
        safe(() -> observer.segmented(voxels));
    }

    /** The clock of a job's stages. */
    public StageClock clock(Duration limit, String jobId) {
        return new StageClock(limit, (stage, begun, time, failure) -> ended(jobId, stage, begun, time, failure));
    }

    /** A watch that tells of its windows too. One thread. */
    public JobWatch watch(JobWatch watch) {
        return new JobWatch() {
            private int before;
            private long beforeAt = System.nanoTime();

            @Override
            public void requireOwned() {
                watch.requireOwned();
            }

            @Override
            public void windowsDone(int done, int total) {
                long now = System.nanoTime();
                if (done > before) { // else they are computed again, in another way
                    predicted(done - before, Duration.ofNanos(now - beforeAt));
                }
                before = done;
                beforeAt = now;
                watch.windowsDone(done, total);
            }
        };
    }

    private void safe(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException | LinkageError e) {
            if (!said.getAndSet(true)) {
                LOG.error("What watches the stages has a fault; the jobs go on", e);
            }
        }
    }
}
