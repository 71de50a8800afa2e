package io.deformux.worker.train.job;

import io.deformux.failure.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener that only watches: its faults are not the fold's. Says the first one. One thread. */
public final class SafeListener implements TrainingListener {
    private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

    private final TrainingListener listener;
    private boolean said;

    /** Tells {@code listener} of steps, validations, checkpoints and stages, and asks it nothing. */
    public SafeListener(TrainingListener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    @Override
    public void stepped(TrainingProgress progress) {
        safe(() -> listener.stepped(progress));
    }

    @Override
    public void validated(ValidationScore score) {
        safe(() -> listener.validated(score));
    }

    @Override
    public void kept() {
        safe(listener::kept);
    }

    @Override
    public void staged(String jobId, String stage, Instant begun, Duration time, Optional<FailureCode> failure) {
        safe(() -> listener.staged(jobId, stage, begun, time, failure));
    }

    @Override
    public void ended() {
        safe(listener::ended);
    }

    private void safe(Runnable told) {
        try {
            told.run();
        } catch (RuntimeException | LinkageError e) {
            if (!said) {
                said = true;
                LOG.error("What watches the training has a fault; the fold goes on", e);
            }
        }
    }
}
