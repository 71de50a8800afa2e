package io.deformux.worker.infer.stage;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.job.StageLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Times the stages of one job, ends those that take too long, and says which of them a failure belongs to. One thread.
 *
 * <p>The windows are left to the limit on the whole job: they are most of it.
 */
public final class StageClock {
    private final Map<String, Long> millis = new LinkedHashMap<>();
    private final StageLimit limit;
    private final Listener listener;

    /** Hears of each stretch that is over. */
    interface Listener {
        void ended(Stage stage, Instant begun, Duration time, Optional<FailureCode> failure);
    }

    /** @param limit of every stage but {@link Stage#INFER} */
    public StageClock(Duration limit) {
        this(limit, (stage, begun, time, failure) -> {});
    }

    /** One that somebody hears of. */
    StageClock(Duration limit, Listener listener) {
        this.limit = new StageLimit(limit);
        this.listener = listener;
    }

    /** Runs one stage; a {@link JobException} leaves as {@link StageFailure}. */
    public <T> T time(Stage stage, Supplier<T> work) {
        long start = System.nanoTime();
        Instant begun = Instant.now();
        Optional<FailureCode> failure = Optional.of(FailureCode.INTERNAL); // unless it ends otherwise
        try {
            T made = stage == Stage.INFER ? work.get() : limit.within(stage.wireName(), work);
            failure = Optional.empty();
            return made;
        } catch (JobException e) {
            failure = Optional.of(e.code());
            throw e instanceof StageFailure told ? told : new StageFailure(stage, e);
        } finally {
            long nanos = System.nanoTime() - start;
            millis.merge(stage.wireName(), nanos / 1_000_000, Long::sum);
            listener.ended(stage, begun, Duration.ofNanos(nanos), failure);
        }
    }

    /** The same with work that gives nothing. */
    public void time(Stage stage, Runnable work) {
        time(stage, () -> {
            work.run();
            return stage;
        });
    }

    /** Milliseconds per stage, in the order of the first call. */
    public Map<String, Long> millis() {
        return new LinkedHashMap<>(millis);
    }
}
