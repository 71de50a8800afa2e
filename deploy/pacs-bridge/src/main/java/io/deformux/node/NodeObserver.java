package io.deformux.node;

import io.deformux.dicom.net.AssociationObserver;
import io.deformux.pacs.BridgeObserver;

/** Hears what a node does, to count it; on its threads, so it must return at once and throw nothing. */
public interface NodeObserver extends BridgeObserver, AssociationObserver {
    /** Hears nothing. */
    NodeObserver NONE = new NodeObserver() {};

    /** The objects of a job were sent back, or some could not be. */
    default void sentBack(boolean well) {}

    /** Of so many jobs objects could not be sent back: they are tried again, or were given up until the next start. */
    default void unsent(int jobs) {}
}
