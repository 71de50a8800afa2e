package io.deformux.dicom.net;

/** Lengths and item types of A-ASSOCIATE-RQ and -AC (PS3.8 sections 9.3.2 and 9.3.3, Annex D.1; PS3.7 Annex D.3.3.2). */
final class AssociateLayout {
    /** The one application context that there is (PS3.7 Annex A.2.1). */
    static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

    static final int FIXED = 68;
    static final int TITLE = 16;
    static final int ITEM_HEADER = 4;

    static final int ITEM_APPLICATION = 0x10;
    static final int ITEM_PROPOSAL = 0x20;
    static final int ITEM_ANSWER = 0x21;
    static final int ITEM_ABSTRACT = 0x30;
    static final int ITEM_TRANSFER = 0x40;
    static final int ITEM_USER = 0x50;
    static final int ITEM_MAX_PDU = 0x51;
    static final int ITEM_IMPLEMENTATION = 0x52;

    private AssociateLayout() {}
}
