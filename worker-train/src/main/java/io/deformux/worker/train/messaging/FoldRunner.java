package io.deformux.worker.train.messaging;

import io.deformux.messaging.job.JobContext;
import io.deformux.schemas.FoldResult;
import io.deformux.schemas.TrainingFoldRequested;

/**
 * Trains one fold. Called on the loop's job thread: always the same one, one fold at a time.
 *
 * <p>The same fold may come again, on this worker or another, after a part of it or all of it was done: it goes on from
 * its last checkpoint, and a fold that is done gives its result at once.
 */
@FunctionalInterface
public interface FoldRunner {
    /**
     * Trains the fold and stores its model: a package of one member.
     *
     * @param context attempt, progress ({@code job.progress} under the fold's key) and cancellation: a run that takes
     *     longer than some seconds to a check of {@link JobContext#cancelled()} holds up a stopping worker
     * @return the result of that fold
     * @throws io.deformux.failure.JobException for a failure that is understood; its code says whether to try again
     * @throws Exception for anything else, or an interrupt after the fold was taken away
     */
    FoldResult run(TrainingFoldRequested fold, JobContext context) throws Exception;
}
