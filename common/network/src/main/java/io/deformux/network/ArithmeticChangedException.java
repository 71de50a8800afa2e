package io.deformux.network;

/**
 * A network has gone on to another way to compute in the middle of a scan. What it has given for the scan so far is not of
 * one kind with what it would give now, so the scan begins anew.
 */
public final class ArithmeticChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was wrong with the way before */
    public ArithmeticChangedException(String message) {
        super(message);
    }
}
