package io.deformux.worker.infer;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.schemas.ScanArrived;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.worker.infer.result.OutputPublication;
import io.deformux.worker.infer.result.ResultManifests;
import io.deformux.worker.infer.result.UnstoredResults;
import io.deformux.worker.infer.result.WrittenResult;
import io.deformux.worker.infer.stage.JobWatch;
import io.deformux.worker.infer.stage.Stage;
import java.util.Optional;

/** The end of a job: its outputs go to their places, and what they are to the manifest. One job at a time. */
final class ResultStoring {
    private final OutputPublication publication;
    private final ResultManifests manifests;
    private final UnstoredResults unstored;

    ResultStoring(OutputPublication publication, ResultManifests manifests, UnstoredResults unstored) {
        this.publication = publication;
        this.manifests = manifests;
        this.unstored = unstored;
    }

    /** What an earlier attempt here has computed and could not store; the caller stores it or gives it back. */
    Optional<WrittenResult> computed(ScanArrived job) {
        return unstored.take(job);
    }

    /** The end of {@link #computed} where there was no attempt after all. */
    void giveBack(WrittenResult computed) {
        unstored.keep(computed);
    }

    /** Lets go what is kept of a job that has failed for good: a replay may be of an input that was put right. */
    void forget(ScanArrived job) {
        unstored.take(job).ifPresent(WrittenResult::close);
    }

    /**
     * Goes on with a result that an earlier attempt has computed, and owns it: another worker may have done the job
     * meanwhile, or written over what was stored.
     */
    SegmentationCompleted resume(WrittenResult computed, JobWatch watch) {
        try {
            Optional<SegmentationCompleted> before =
                    computed.clock().time(Stage.STORE, () -> manifests.find(computed.place(), computed.settings()));
            if (before.isPresent()) {
                computed.close();
                return before.get();
            }
            computed.clock().time(Stage.STORE, () -> publication.forgetChanged(computed));
        } catch (JobException e) {
            unstored.keep(computed);
            throw e;
        }
        return store(computed, watch);
    }

    /**
     * Stores what is left of a computed result, and owns it. What the storage does not take now is kept for the next attempt.
     */
    SegmentationCompleted store(WrittenResult computed, JobWatch watch) {
        boolean keep = false;
        try {
            computed.clock().time(Stage.STORE, () -> publication.store(computed, watch));
            SegmentationCompleted completed = computed.completed();
            watch.requireOwned();
            computed.clock().time(Stage.STORE, () -> manifests.write(computed, completed));
            return completed;
        } catch (JobException e) {
            keep = e.code() != FailureCode.JOB_CANCELLED && e.code().retryable();
            throw e;
        } finally {
            if (keep) {
                unstored.keep(computed);
            } else {
                computed.close();
            }
        }
    }
}
