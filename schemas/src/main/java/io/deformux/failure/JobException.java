package io.deformux.failure;

import java.util.Objects;

/**
 * A failure with a stable code and a message that tells the person what to do.
 *
 * <p>The message goes into events and logs: it never carries patient data, so no attribute value of a DICOM header
 * other than a UID or a number, and no path below a patient's folder.
 */
public class JobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureCode code;

    /** A failure found here. */
    public JobException(FailureCode code, String message) {
        this(code, message, null);
    }

    /** A failure that another exception caused; the cause goes to the log only. */
    public JobException(FailureCode code, String message, Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** The stable code. */
    public FailureCode code() {
        return code;
    }
}
