package io.deformux.messaging.rerun;

import io.deformux.schemas.ScanArrived;
import java.util.Optional;

/**
 * A scan of a job that fits, and what becomes of it.
 *
 * @param of the job
 * @param jobId the new job, whose id derives from the scan's digest, the model and what is wanted of the outputs
 * @param fate what becomes of it
 * @param request what is to be sent; empty unless it is
 */
public record Rerun(String of, String jobId, Fate fate, Optional<ScanArrived> request) {
    /** What becomes of a scan. */
    public enum Fate {
        /** It is to be sent. */
        TO_SEND,
        /** The model has done this scan already with the same wishes, or was asked for it. */
        DONE_BEFORE,
        /** Kafka has forgotten the request of the job, and with it where the scan lies. */
        REQUEST_GONE
    }
}
