package io.deformux.messaging;

/** A job's end was its worker's too: the loop begins no other one, and that start stays counted as a crash. */
final class LostDeviceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostDeviceException(Throwable cause) {
        super("what the worker computes on has failed", cause);
    }
}
