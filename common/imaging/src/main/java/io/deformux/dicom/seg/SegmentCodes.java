package io.deformux.dicom.seg;

import io.deformux.dicom.derived.Code;
import java.util.Objects;
import java.util.Optional;

/**
 * What a segment stands for (PS3.3 section C.8.20.2.2).
 *
 * @param category the kind of thing
 * @param type the thing
 * @param modifier which of them, as left or right
 * @param region where in the body, for a thing that can be in many places
 * @param colour how to show it
 */
public record SegmentCodes(
        Code category, Code type, Optional<Code> modifier, Optional<Code> region, DisplayColour colour) {

    /** Checks that every part is there. */
    public SegmentCodes {
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(modifier, "modifier");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(colour, "colour");
    }
}
