package io.deformux.dicom.net;

/** A request for an association that is not of this protocol, and is answered with an A-ASSOCIATE-RJ (PS3.8 section 9.3.4). */
final class RejectedException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    private final Pdu.Rejection why;

    RejectedException(Pdu.Rejection why, String message) {
        super(Reason.INVALID_PARAMETER, message);
        this.why = why;
    }

    Pdu.Rejection why() {
        return why;
    }
}
