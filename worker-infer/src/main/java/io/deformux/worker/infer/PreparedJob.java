package io.deformux.worker.infer;

/** A job whose first part is done, which needs no device. Close it. */
sealed interface PreparedJob extends AutoCloseable permits PreparedScan, AnsweredJob {
    @Override
    void close();
}
