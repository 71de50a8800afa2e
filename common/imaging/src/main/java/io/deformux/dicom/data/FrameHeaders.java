package io.deformux.dicom.data;

import static io.deformux.failure.FailureCode.DICOM_ATTRIBUTE_INVALID;

import io.deformux.failure.JobException;
import java.util.List;

/**
 * What each frame of a multi-frame object says for itself, laid flat as if it were an image of its own. The attributes
 * come from its functional groups, each of which is in the object once for all frames or once for each of them (PS3.3
 * section C.7.6.16.2).
 */
public final class FrameHeaders {
    /** The groups that place a frame, give its values their meaning or tell which segment or volume it is of. */
    private static final List<Tag> GROUPS = List.of(
            Tag.PIXEL_MEASURES_SEQUENCE,
            Tag.PLANE_POSITION_SEQUENCE,
            Tag.PLANE_ORIENTATION_SEQUENCE,
            Tag.PIXEL_VALUE_TRANSFORMATION_SEQUENCE,
            Tag.FRAME_CONTENT_SEQUENCE,
            Tag.CT_IMAGE_FRAME_TYPE_SEQUENCE,
            Tag.MR_IMAGE_FRAME_TYPE_SEQUENCE,
            Tag.MR_ECHO_SEQUENCE,
            Tag.MR_DIFFUSION_SEQUENCE,
            Tag.CARDIAC_SYNCHRONIZATION_SEQUENCE,
            Tag.SEGMENT_IDENTIFICATION_SEQUENCE);

    private final DataSet shared;
    private final List<DataSet> perFrame;

    private FrameHeaders(DataSet shared, List<DataSet> perFrame) {
        this.shared = shared;
        this.perFrame = perFrame;
    }

    /**
     * The frames of an object.
     *
     * @throws JobException {@code DICOM_ATTRIBUTE_INVALID} unless there is one item of groups for each frame
     */
    public static FrameHeaders of(DataSet header) {
        List<DataSet> perFrame = header.items(Tag.PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
        if (perFrame.isEmpty() || perFrame.size() != header.integer(Tag.NUMBER_OF_FRAMES, 0)) {
            throw invalid(Tag.NUMBER_OF_FRAMES + " is not the number of functional groups");
        }
        return new FrameHeaders(groups(item(header, Tag.SHARED_FUNCTIONAL_GROUPS_SEQUENCE)), perFrame);
    }

    /** The groups of an item, of their attributes those that anything here reads: each frame gets a copy of them. */
    private static DataSet groups(DataSet shared) {
        DataSet groups = new DataSet();
        for (Tag group : GROUPS) {
            groups.put(
                    group, shared.items(group).stream().map(FrameHeaders::named).toArray(DataSet[]::new));
        }
        return groups;
    }

    private static DataSet named(DataSet item) {
        DataSet named = new DataSet();
        item.elements().stream()
                .filter(element -> Tag.of(element.tag()).isPresent())
                .forEach(named::put);
        return named;
    }

    /** How many frames there are. */
    public int count() {
        return perFrame.size();
    }

    /** The attributes of a frame, counted from 0; an absent group gives none. */
    public DataSet frame(int n) {
        DataSet own = perFrame.get(n);
        DataSet flat = new DataSet();
        for (Tag group : GROUPS) {
            DataSet holder = own.items(group).isEmpty() ? shared : own;
            item(holder, group).elements().forEach(flat::put);
        }
        return flat;
    }

    /** The one item of a sequence; none where it is absent or empty. */
    private static DataSet item(DataSet dataSet, Tag sequence) {
        List<DataSet> items = dataSet.items(sequence);
        if (items.size() > 1) {
            throw invalid(sequence + " has more than one item");
        }
        return items.isEmpty() ? new DataSet() : items.get(0);
    }

    private static JobException invalid(String message) {
        return new JobException(DICOM_ATTRIBUTE_INVALID, message);
    }
}
