package io.deformux.inference;

/** Hears how far a sliding window run is; called on the run's thread, so it must return quickly. */
@FunctionalInterface
public interface WindowProgress {
    /** Hears nothing. */
    WindowProgress NONE = (done, total) -> {};

    /**
     * Some more windows are done.
     *
     * @param done the windows predicted or skipped so far; rises from call to call and ends at {@code total}
     * @param total all windows of the plan
     */
    void windowsDone(int done, int total);
}
