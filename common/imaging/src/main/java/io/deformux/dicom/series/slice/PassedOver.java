package io.deformux.dicom.series.slice;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A file of the input, or a frame of one, that is no part of the volume.
 *
 * @param reason why not
 * @param file its place in name order, from 1
 * @param sopInstanceUid which object it is, where it says so
 * @param frame which frame, from 1; empty: the whole file
 */
public record PassedOver(Reason reason, int file, Optional<String> sopInstanceUid, OptionalInt frame) {

    /** Why something is passed over; the words are part of the contract. */
    public enum Reason {
        /** The name begins with a dot. */
        HIDDEN("hidden"),
        /** It is not DICOM. */
        NOT_DICOM("not-dicom"),
        /** It is neither the one volume file of the input nor part of that. */
        NO_VOLUME("no-volume"),
        /** An object of a SOP class that is no CT or MR image: a report, a segmentation, a screen save, a DICOMDIR. */
        OTHER_CLASS("other-class"),
        /** A scout that says so. */
        LOCALIZER("localizer"),
        /** An object without Pixel Data. */
        NO_PIXELS("no-pixels"),
        /** An image that is not monochrome, as a screen save is. */
        COLOUR("colour"),
        /** An image without position and orientation, as a screen save is. */
        NO_PLACE("no-place"),
        /** An image of another plane or size than the stack, as a scout is that does not say so. */
        OTHER_PLANE("other-plane"),
        /** An image computed along rays through the volume, as a maximum intensity projection, among its slices. */
        PROJECTION("projection"),
        /** An image of another series than the one asked for. */
        OTHER_SERIES("other-series"),
        /** An image of another acquisition than the one asked for. */
        OTHER_ACQUISITION("other-acquisition"),
        /** The same image again. */
        DUPLICATE("duplicate");

        private final String wireName;

        Reason(String wireName) {
            this.wireName = wireName;
        }

        /** How events name it. */
        public String wireName() {
            return wireName;
        }
    }

    /** A whole file. */
    public static PassedOver file(Reason reason, SourceFile file, Optional<String> sopInstanceUid) {
        return new PassedOver(reason, file.number(), sopInstanceUid, OptionalInt.empty());
    }

    /** A slice. */
    public static PassedOver slice(Reason reason, Slice slice) {
        SopInstance instance = slice.instance();
        return new PassedOver(
                reason, slice.image().file().number(), Optional.of(instance.sopInstanceUid()), instance.frame());
    }
}
