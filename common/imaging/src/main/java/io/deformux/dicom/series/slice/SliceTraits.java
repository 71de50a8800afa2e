package io.deformux.dicom.series.slice;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Tag;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What tells the slices of one volume from those of another one in the same series: phases, echoes, diffusion weightings,
 * kernels, and series that became one where identifiers were replaced. Immutable.
 */
public final class SliceTraits {
    /** In the order in which they explain best why there are several volumes. */
    public static final List<Tag> TOLD = List.of(
            Tag.TEMPORAL_POSITION_IDENTIFIER,
            Tag.TEMPORAL_POSITION_INDEX,
            Tag.NOMINAL_PERCENTAGE_OF_CARDIAC_PHASE,
            Tag.ECHO_NUMBERS,
            Tag.ECHO_TIME,
            Tag.EFFECTIVE_ECHO_TIME,
            Tag.INVERSION_TIME,
            Tag.FLIP_ANGLE,
            Tag.DIFFUSION_B_VALUE,
            Tag.KVP,
            Tag.CONVOLUTION_KERNEL,
            Tag.CONTRAST_BOLUS_AGENT,
            Tag.STACK_ID,
            Tag.FRAME_TYPE,
            Tag.IMAGE_TYPE,
            Tag.SLICE_THICKNESS,
            Tag.SEQUENCE_NAME,
            Tag.SERIES_NUMBER,
            Tag.SERIES_DESCRIPTION);

    /** How scanners and workstations call images that are computed along rays through a volume. */
    private static final Set<String> PROJECTIONS = Set.of(
            "MIP",
            "MINIP",
            "MNIP",
            "MAX IP",
            "MIN IP",
            "MAX_IP",
            "MIN_IP",
            "PROJECTION IMAGE",
            "VOLUME_RENDER",
            "SURFACE_RENDER");

    private final Map<Tag, String> values;
    private final boolean projection;

    private SliceTraits(Map<Tag, String> values, boolean projection) {
        this.values = values;
        this.projection = projection;
    }

    /** Those that a header states. */
    static SliceTraits of(DataSet header) {
        return new SliceTraits(new EnumMap<>(Tag.class), false).with(header);
    }

    /** These with those that a frame states for itself. */
    SliceTraits with(DataSet frame) {
        Map<Tag, String> all = new EnumMap<>(values);
        TOLD.forEach(tag -> frame.distinction(tag).ifPresent(value -> all.put(tag, value)));
        List<String> type = frame.codes(frame.has(Tag.FRAME_TYPE) ? Tag.FRAME_TYPE : Tag.IMAGE_TYPE);
        return new SliceTraits(all, type.isEmpty() ? projection : type.stream().anyMatch(PROJECTIONS::contains));
    }

    /** What a slice states for an attribute of {@link #TOLD}. */
    public Optional<String> of(Tag tag) {
        return Optional.ofNullable(values.get(tag));
    }

    /** Whether it is a projection of several slices and none itself. */
    public boolean isProjection() {
        return projection;
    }
}
