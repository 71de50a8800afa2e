package io.deformux.dicom.net;

/** The types of PDUs (PS3.8 section 9.3). */
final class PduType {
    static final int ASSOCIATE_RQ = 1;
    static final int ASSOCIATE_AC = 2;
    static final int ASSOCIATE_RJ = 3;
    static final int DATA = 4;
    static final int RELEASE_RQ = 5;
    static final int RELEASE_RP = 6;
    static final int ABORT = 7;

    private PduType() {}
}
