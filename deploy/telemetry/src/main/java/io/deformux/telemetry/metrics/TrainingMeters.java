package io.deformux.telemetry.metrics;

import io.deformux.worker.train.job.TrainingListener;
import io.deformux.worker.train.job.TrainingProgress;
import io.deformux.worker.train.job.ValidationScore;
import java.time.Duration;
import java.util.OptionalLong;

/** Tells of the fold that trains here, of which there is one at a time. Told by its thread, asked by others. */
public final class TrainingMeters implements TrainingListener {
    private static final double NANOS = 1e9;

    private final Meters meters;
    private volatile double loss = Double.NaN;
    private volatile double dice = Double.NaN;
    private volatile double progress = Double.NaN;
    private volatile OptionalLong keptAt = OptionalLong.empty();
    private OptionalLong steppedAt = OptionalLong.empty();

    /** No fold trains yet. */
    public TrainingMeters(Meters meters) {
        this.meters = meters;
        meters.gauge(Metric.LOSS, () -> loss);
        meters.gauge(Metric.DICE, () -> dice);
        meters.gauge(Metric.PROGRESS, () -> progress);
        meters.gauge(Metric.CHECKPOINT_AGE, this::checkpointAge);
        meters.prepare(Metric.ITERATION);
    }

    @Override
    public void stepped(TrainingProgress step) {
        long now = System.nanoTime();
        steppedAt.ifPresent(before -> meters.time(Metric.ITERATION, Duration.ofNanos(now - before)));
        steppedAt = OptionalLong.of(now);
        if (keptAt.isEmpty()) {
            keptAt = steppedAt;
        }
        loss = step.loss();
        progress = (double) step.iteration() / step.iterations();
    }

    /** The time of a validation is no iteration's. */
    @Override
    public void validated(ValidationScore score) {
        dice = score.mean();
        steppedAt = OptionalLong.of(System.nanoTime());
    }

    @Override
    public void kept() {
        keptAt = OptionalLong.of(System.nanoTime());
    }

    @Override
    public void ended() {
        steppedAt = OptionalLong.empty();
        keptAt = OptionalLong.empty();
        loss = Double.NaN;
        dice = Double.NaN;
        progress = Double.NaN;
    }

    private double checkpointAge() {
        OptionalLong since = keptAt;
        return since.isPresent() ? (System.nanoTime() - since.getAsLong()) / NANOS : Double.NaN;
    }
}
