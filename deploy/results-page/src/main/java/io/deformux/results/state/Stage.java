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
public record Stage(String stage, long done, long total, String unit, Optional<Long> etaMs) {
    static Stage of(JobProgress progress) {
        return new Stage(progress.stage(), progress.done(), progress.total(), progress.unit(), progress.etaMs());
    }
}
