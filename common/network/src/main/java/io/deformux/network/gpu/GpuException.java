package io.deformux.network.gpu;

/** The driver or the run-time compiler has refused a call, or is not there. */
public final class GpuException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was asked for and what it answered */
    GpuException(String message) {
        super(message);
    }

    GpuException(String message, Throwable cause) {
        super(message, cause);
    }
}
