package io.deformux.failure;

/** What kind of trouble a failure is, and so what a worker does about it. */
public enum FailureClass {
    /** The job asks for what cannot be done: it fails at once. */
    BAD_JOB(false),
    /** It may go away by itself: the job is tried again, a growing while later each time, and fails after some attempts. */
    PASSING(true),
    /**
     * The worker lacks what every job needs. No job is to blame, so none fails: the worker waits until it is there again,
     * with its job in hand and that start not counted.
     */
    ENVIRONMENT(true),
    /** The job needs more memory than there is: it is tried once more with as little as it can do with, then it fails. */
    RESOURCE(true),
    /** Its worker died, has to end, or lost it: another one takes it over, some times, then it fails. */
    CRASH(false);

    private final boolean retryable;

    FailureClass(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether the same job, sent again unchanged once it has failed, may succeed. */
    public boolean retryable() {
        return retryable;
    }
}
