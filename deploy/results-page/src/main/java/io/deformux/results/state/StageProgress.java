package io.deformux.results.state;

import io.deformux.schemas.JobProgress;
import java.util.Optional;

/**
 * How far a running job is.
 *
 * @param stage the stage that runs, as {@code inference}
 * @param done units done so far
 * @param total units of the whole stage
 * @param unit what is counted
 * @param etaMs expected time to the end of the stage in ms, if known
 */
public record StageProgress(String stage, long done, long total, String unit, Optional<Long> etaMs) {
    static StageProgress of(JobProgress progress) {
        return new StageProgress(
                progress.stage(), progress.done(), progress.total(), progress.unit(), progress.etaMs());
    }
}
