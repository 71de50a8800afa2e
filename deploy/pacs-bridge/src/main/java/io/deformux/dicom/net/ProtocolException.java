package io.deformux.dicom.net;

import java.io.IOException;

/** Something that the protocol does not allow; the association ends with an A-ABORT of this reason (PS3.8 Table 9-26). */
public sealed class ProtocolException extends IOException permits RejectedException {
    private static final long serialVersionUID = 1L;

    /** Reasons of an A-ABORT. */
    public enum Reason {
        /** No reason is given. */
        UNSPECIFIED(0),
        /** A PDU of a type that there is not. */
        UNRECOGNIZED_PDU(1),
        /** A PDU that does not come here. */
        UNEXPECTED_PDU(2),
        /** A value that it may not have, or a length. */
        INVALID_PARAMETER(6);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    private final Reason reason;

    /** Says what was not as it should be, without what came. */
    public ProtocolException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The reason. */
    public Reason reason() {
        return reason;
    }
}
