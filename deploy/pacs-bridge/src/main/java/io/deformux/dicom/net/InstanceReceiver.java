package io.deformux.dicom.net;

/** Takes in what C-STORE brings. For all threads. */
public interface InstanceReceiver {
    /** Success (PS3.7 Annex C). */
    int SUCCESS = 0x0000;
    /** Refused: SOP class not supported (PS3.7 section 9.1.1.1.9). */
    int CLASS_NOT_SUPPORTED = 0x0122;
    /** Refused: out of resources (PS3.4 Table B.2-1). */
    int OUT_OF_RESOURCES = 0xa700;
    /** Error: data set does not match SOP class. */
    int DOES_NOT_MATCH = 0xa900;
    /** Error: cannot understand. */
    int NOT_UNDERSTOOD = 0xc000;

    /** An instance that arrives; what is closed without its end is gone. One thread. */
    interface Arriving extends AutoCloseable {
        /** Takes the next bytes of the data set. What goes wrong is said at the end. */
        void take(byte[] fragment);

        /** The data set is whole. The status of the answer, which says whether it is kept for good. */
        int end();

        @Override
        void close();
    }

    /** What one association brings, until it is closed with it. One thread. */
    interface Delivery extends AutoCloseable {
        /** An instance begins; its UIDs are UIDs. */
        Arriving begin(String sopClass, String sopInstance, String transferSyntax);

        @Override
        void close();
    }

    /** An association begins. */
    Delivery open();
}
