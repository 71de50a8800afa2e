package io.deformux.dicom.net;

/** Why somebody who calls gets no association, and what whoever runs the node can do. */
public enum CallerRefusal {
    /** Nobody is known at the address; the connection is closed unread. */
    ADDRESS("no peer is known at this address; if it should call, add it to --peers"),
    /** Nobody of the calling AE title is known at the address. */
    CALLING_TITLE(
            "no peer of this title, in these capitals, is known at this address; if it should call, add it to --peers"),
    /** The node is called otherwise. */
    CALLED_TITLE("the node is called as --ae-title says, in those capitals"),
    /** There are as many associations as there may be. */
    ASSOCIATIONS("there are as many as --associations allows"),
    /** There are more connections yet; it is closed unread. */
    CONNECTIONS("there are twice as many connections as --associations allows"),
    /** No secure connection could be made of it. */
    TLS("no secure connection could be made; does it speak TLS, with a certificate that --tls-trust has?"),
    /** Its protocol version is not 1 (PS3.8 section 9.3.2). */
    PROTOCOL_VERSION("it speaks another version of the upper layer protocol"),
    /** Its application context is not that of DICOM. */
    APPLICATION_CONTEXT("it speaks something else than DICOM");

    private final String remedy;

    CallerRefusal(String remedy) {
        this.remedy = remedy;
    }

    /** What there is to know and do about it, in a sentence without its end. */
    String remedy() {
        return remedy;
    }

    /** What is behind a rejection that we write. */
    static CallerRefusal of(Pdu.Rejection rejection) {
        return switch (rejection) {
            case CALLING_TITLE -> CALLING_TITLE;
            case CALLED_TITLE -> CALLED_TITLE;
            case PROTOCOL_VERSION -> PROTOCOL_VERSION;
            case APPLICATION_CONTEXT -> APPLICATION_CONTEXT;
            case LOCAL_LIMIT, OTHER -> ASSOCIATIONS;
        };
    }
}
