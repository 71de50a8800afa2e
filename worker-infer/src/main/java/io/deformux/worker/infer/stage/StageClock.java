package io.deformux.worker.infer.stage;

import io.deformux.failure.JobException;
import io.deformux.messaging.job.StageLimit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Times the stages of one job, ends those that take too long, and says which of them a failure belongs to. One thread.
 *
 * <p>The windows are left to the limit on the whole job: they are most of it.
 */
public final class StageClock {
    private final Map<String, Long> millis = new LinkedHashMap<>();
    private final StageLimit limit;

    /** @param limit of every stage but {@link Stage#INFER} */
    public StageClock(Duration limit) {
        this.limit = new StageLimit(limit);
    }

    /** Runs one stage; a {@link JobException} leaves as {@link StageFailure}. */
    public <T> T time(Stage stage, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return stage == Stage.INFER ? work.get() : limit.within(stage.wireName(), work);
        } catch (StageFailure e) {
            throw e;
        } catch (JobException e) {
            throw new StageFailure(stage, e);
        } finally {
            millis.merge(stage.wireName(), (System.nanoTime() - start) / 1_000_000, Long::sum);
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
