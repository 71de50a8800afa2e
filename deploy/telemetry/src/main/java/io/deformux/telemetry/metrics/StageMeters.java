package io.deformux.telemetry.metrics;

import io.deformux.failure.FailureCode;
import io.deformux.worker.infer.stage.Stage;
import io.deformux.worker.infer.stage.StageObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Times the stages of segmentations. For all threads. */
public final class StageMeters implements StageObserver {
    private static final String OK = "ok";

    private final Meters meters;

    /** All stages are there from now on. */
    public StageMeters(Meters meters) {
        this.meters = meters;
        for (Stage stage : Stage.values()) {
            meters.prepare(Metric.STAGE, stage.wireName(), OK);
        }
        meters.prepare(Metric.WINDOW);
        meters.count(Metric.VOXELS, 0);
    }

    @Override
    public void ended(String jobId, Stage stage, Instant begun, Duration time, Optional<FailureCode> failure) {
        meters.time(Metric.STAGE, time, stage.wireName(), failure.isEmpty() ? OK : "failed");
    }

    @Override
    public void predicted(int windows, Duration time) {
        meters.time(Metric.WINDOW, time, windows);
    }

    @Override
    public void segmented(long voxels) {
        meters.count(Metric.VOXELS, voxels);
    }
}
