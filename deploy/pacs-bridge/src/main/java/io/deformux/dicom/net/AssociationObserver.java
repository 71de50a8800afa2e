package io.deformux.dicom.net;

/** Hears what a server does, to count it; on the threads of associations, so it must return at once and throw nothing. */
public interface AssociationObserver {
    /** Hears nothing. */
    AssociationObserver NONE = new AssociationObserver() {};

    /** How an association ended. */
    enum End {
        /** By a release. */
        RELEASED,
        /** It was refused. */
        REJECTED,
        /** By an abort of the other side, or because it was gone. */
        ABORTED,
        /** Because the other side broke the protocol or its time was up. */
        BROKEN
    }

    /** An association, or what was to become one, has ended. */
    default void ended(End end) {}

    /** Somebody who calls gets no association. */
    default void refused(CallerRefusal why) {}

    /** An instance was answered with this status, 0 if it is kept. */
    default void instance(int status) {}
}
