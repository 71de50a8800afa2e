package io.deformux.telemetry.health;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What makes up a program's health: whether it lives, and whether it can take work. For all threads. */
public final class Health {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final List<BoundedCheck> alive = new CopyOnWriteArrayList<>();
    private final List<BoundedCheck> ready = new CopyOnWriteArrayList<>();

    /** A check without which the program is to be ended and started again. */
    public void requireToLive(HealthCheck check) {
        alive.add(new BoundedCheck(check, LIMIT, FRESH));
    }

    /** A check without which the program does no work now, though it may again. */
    public void requireToWork(HealthCheck check) {
        ready.add(new BoundedCheck(check, LIMIT, FRESH));
    }

    /** Whether it lives. */
    public HealthReport alive() throws InterruptedException {
        return HealthReport.of(alive);
    }

    /** Whether it can take work. */
    public HealthReport ready() throws InterruptedException {
        return HealthReport.of(ready);
    }
}
