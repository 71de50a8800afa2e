package io.deformux.messaging;

/** A job has not noticed its end and keeps the job's thread: the loop cannot begin another one. */
final class StuckJobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StuckJobException() {
        super("a job does not notice its end");
    }
}
