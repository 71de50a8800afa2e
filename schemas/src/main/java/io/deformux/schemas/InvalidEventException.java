package io.deformux.schemas;

import java.util.Objects;

/**
 * An event that breaks the contract.
 *
 * <p>The message names the place and the rule, never the value found there, which could be patient data.
 */
public final class InvalidEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** In which way the contract is broken. */
    public enum Reason {
        /** Not JSON, not a CloudEvent 1.0 with JSON data, or the data break the schema of the type. */
        INVALID,
        /** The data are larger than any may be. */
        TOO_LARGE,
        /** The contract has no such type. */
        TYPE_UNKNOWN,
        /** The contract has the type, but not in this major version. */
        VERSION_UNSUPPORTED
    }

    private final Reason reason;
    private final String pointer;

    InvalidEventException(Reason reason, String pointer, String rule) {
        super(pointer.isEmpty() ? rule : pointer + ": " + rule);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.pointer = pointer;
    }

    /** In which way the contract is broken. */
    public Reason reason() {
        return reason;
    }

    /**
     * The JSON pointer (RFC 6901) into the data of the offending value, as {@code /input/uri}, or of the place where a
     * required one is absent; empty where the data as a whole or an attribute of the CloudEvent is at fault.
     */
    public String pointer() {
        return pointer;
    }
}
