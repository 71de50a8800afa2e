package io.deformux.messaging.job;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a loop can work on jobs, or waits because its worker lacks what every job needs. For all threads; listeners are
 * called on the loop's own and must not hold it up.
 */
public final class LoopHealth {
    private static final Logger LOG = LoggerFactory.getLogger(LoopHealth.class);

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    /** For the loop's thread only: what lacked since a job last got further, each with its own looks. */
    private final Map<FailureCode, Lack> lacks = new EnumMap<>(FailureCode.class);

    private volatile Optional<Lack> lack = Optional.empty();
    private final LongSupplier nanoTime;
    private volatile long beatAt;
    private volatile Optional<Supplier<Duration>> run = Optional.empty();

    /** The health of a loop that begins now. */
    public LoopHealth() {
        this(System::nanoTime);
    }

    /** The same by another clock, which gives nanoseconds as {@link System#nanoTime} does. */
    public LoopHealth(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.beatAt = nanoTime.getAsLong();
    }

    /**
     * What a worker lacks.
     *
     * @param code of the failure, of the class ENVIRONMENT
     * @param message what to do about it
     * @param since when it was first noticed
     * @param looks how often it was looked for, the first time included
     * @param nextLook when the job is tried again
     */
    public record Lack(FailureCode code, String message, Instant since, int looks, Instant nextLook) {}

    /** Hears when a loop begins to wait and when it goes on. */
    public interface Listener {
        /** The loop waits: for the first time, or still. */
        void waits(Lack lack);

        /** What it lacked is there again. */
        void goesOn(Lack lacked);
    }

    /** What the worker lacks now; empty if it works or is ready to. */
    public Optional<Lack> lack() {
        return lack;
    }

    /** How long the loop's thread has not come round, as in a call that does not return. */
    public Duration silence() {
        return Duration.ofNanos(nanoTime.getAsLong() - beatAt);
    }

    /** How long the running job has given no sign, as in native code that hangs; empty if none runs. */
    public Optional<Duration> jobSilence() {
        return run.map(Supplier::get);
    }

    /** The loop's thread comes round. */
    public void beats() {
        beatAt = nanoTime.getAsLong();
    }

    /** A job runs from now on, which tells how long it has given no sign; or none does. */
    public void runs(Optional<Supplier<Duration>> now) {
        run = now;
        beats();
    }

    /** Calls {@code listener} from now on. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /** A job found that something lacks; gives how long to wait. */
    public Duration waits(JobException cause, Backoff backoff) {
        Optional<Lack> before = Optional.ofNullable(lacks.get(cause.code()));
        int looks = before.map(Lack::looks).orElse(0) + 1;
        Duration wait = backoff.delay(looks);
        Instant now = Instant.now();
        Lack found = new Lack(
                cause.code(), cause.getMessage(), before.map(Lack::since).orElse(now), looks, now.plus(wait));
        LOG.warn(
                "The worker waits, look {} again in {} s: {} {}",
                looks,
                Math.max(1, wait.toSeconds()),
                found.code(),
                found.message());
        lacks.put(found.code(), found);
        lack = Optional.of(found);
        listeners.forEach(listener -> listener.waits(found));
        return wait;
    }

    /** A job got further than that. */
    public void works() {
        lacks.clear();
        lack.ifPresent(lacked -> {
            lack = Optional.empty();
            LOG.info(
                    "The worker goes on after {} s: {} is over",
                    Duration.between(lacked.since(), Instant.now()).toSeconds(),
                    lacked.code());
            listeners.forEach(listener -> listener.goesOn(lacked));
        });
    }
}
