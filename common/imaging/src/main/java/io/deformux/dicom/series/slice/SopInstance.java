package io.deformux.dicom.series.slice;

import java.util.OptionalInt;

/**
 * A reference to one stored object, or to one frame of it.
 *
 * @param sopClassUid what kind it is
 * @param sopInstanceUid which one it is
 * @param frame the number of the frame from 1; empty: the object as a whole
 */
public record SopInstance(String sopClassUid, String sopInstanceUid, OptionalInt frame) {

    /** A whole object. */
    public SopInstance(String sopClassUid, String sopInstanceUid) {
        this(sopClassUid, sopInstanceUid, OptionalInt.empty());
    }

    /** The object that the frame is in. */
    public SopInstance whole() {
        return new SopInstance(sopClassUid, sopInstanceUid);
    }
}
