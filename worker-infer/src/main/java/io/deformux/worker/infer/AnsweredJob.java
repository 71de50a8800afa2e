package io.deformux.worker.infer;

import io.deformux.schemas.SegmentationCompleted;

/**
 * A job whose outputs are stored already, by an earlier run of the same.
 *
 * @param completed what that run said
 */
record AnsweredJob(SegmentationCompleted completed) implements PreparedJob {
    @Override
    public void close() {
        // Holds nothing.
    }
}
