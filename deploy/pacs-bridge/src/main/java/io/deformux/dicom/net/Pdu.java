package io.deformux.dicom.net;

import java.util.List;

/** Protocol data units of the upper layer (PS3.8 section 9.3). */
public sealed interface Pdu {
    /** A-ASSOCIATE-RQ (section 9.3.2). */
    record AssociateRequest(Names names, List<Proposal> contexts, UserInformation user) implements Pdu {
        /** Copies the list. */
        public AssociateRequest {
            contexts = List.copyOf(contexts);
        }
    }

    /** A-ASSOCIATE-AC (section 9.3.3). */
    record AssociateAccept(Names names, List<Answer> contexts, UserInformation user) implements Pdu {
        /** Copies the list. */
        public AssociateAccept {
            contexts = List.copyOf(contexts);
        }
    }

    /** A-ASSOCIATE-RJ (section 9.3.4). */
    record AssociateReject(Rejection why) implements Pdu {}

    /** P-DATA-TF (section 9.3.5). */
    record Data(List<Pdv> values) implements Pdu {
        /** Copies the list. */
        public Data {
            values = List.copyOf(values);
        }
    }

    /** A-RELEASE-RQ (section 9.3.6). */
    record ReleaseRequest() implements Pdu {}

    /** A-RELEASE-RP (section 9.3.7). */
    record ReleaseReply() implements Pdu {}

    /** A-ABORT (section 9.3.8): who ended it, 0 the user and 2 the provider, and why (Table 9-26). */
    record Abort(int source, int reason) implements Pdu {}

    /** Application entity titles, without padding. */
    record Names(String called, String calling) {}

    /**
     * A presentation context that is proposed.
     *
     * @param id odd, 1 to 255
     * @param abstractSyntax the SOP class
     * @param transferSyntaxes in the order of preference
     */
    record Proposal(int id, String abstractSyntax, List<String> transferSyntaxes) {
        /** Copies the list. */
        public Proposal {
            transferSyntaxes = List.copyOf(transferSyntaxes);
        }
    }

    /**
     * What became of a proposal (Table 9-18).
     *
     * @param result {@link #ACCEPTED}, {@link #NO_ABSTRACT_SYNTAX} or {@link #NO_TRANSFER_SYNTAX}, or another that refuses
     */
    record Answer(int id, int result, String transferSyntax) {
        /** It may be used. */
        public static final int ACCEPTED = 0;
        /** The SOP class is not served. */
        public static final int NO_ABSTRACT_SYNTAX = 3;
        /** None of the transfer syntaxes is read. */
        public static final int NO_TRANSFER_SYNTAX = 4;
    }

    /**
     * What both sides say of themselves (Annex D.1; PS3.7 Annex D.3.3).
     *
     * @param maxPdu the longest variable field of a P-DATA-TF that is taken; 0: any
     * @param implementationClass a UID
     */
    record UserInformation(long maxPdu, String implementationClass) {}

    /** Why an association is refused (Table 9-21). */
    enum Rejection {
        /** Application context name not supported, by the user. */
        APPLICATION_CONTEXT(1, 1, 2),
        /** Calling AE title not recognized. */
        CALLING_TITLE(1, 1, 3),
        /** Called AE title not recognized. */
        CALLED_TITLE(1, 1, 7),
        /** Protocol version not supported, by the provider. */
        PROTOCOL_VERSION(1, 2, 2),
        /** Local limit exceeded; another try may be taken. */
        LOCAL_LIMIT(2, 3, 2),
        /** Any that is not listed here. */
        OTHER(1, 1, 1);

        private final int result;
        private final int source;
        private final int reason;

        Rejection(int result, int source, int reason) {
            this.result = result;
            this.source = source;
            this.reason = reason;
        }

        int result() {
            return result;
        }

        int source() {
            return source;
        }

        int reason() {
            return reason;
        }

        static Rejection of(int source, int reason) {
            for (Rejection known : values()) {
                if (known.source == source && known.reason == reason) {
                    return known;
                }
            }
            return OTHER;
        }
    }
}
