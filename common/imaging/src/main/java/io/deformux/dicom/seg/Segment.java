package io.deformux.dicom.seg;

import io.deformux.dicom.derived.ObjectHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * One segment of an object.
 *
 * @param number its number in the object: 1, 2, 3 and so on for either {@link SegKind}. For bits that is the standard's
 *     rule (PS3.3 section C.8.20.2.3); of bytes it allows gaps, at which viewers show segments in each other's colours
 * @param label its voxel value in the label map; the object says it in the Segment Description
 * @param name the class name
 * @param codes what it stands for
 */
public record Segment(int number, int label, String name, SegmentCodes codes) {

    /** The name as an object says it: where its character set lacks a letter, by the label, which no other segment has. */
    public String nameIn(ObjectHeader object) {
        return object.sayable(name, "label " + label);
    }

    /**
     * The segments for the labels that occur; the background (0) and empty ones get none.
     *
     * @param counts voxels per label, index = label
     * @param preset the preset's name, for {@link SegmentTable}
     * @param classes the class names, index = label; a label without one is called after its value
     */
    public static List<Segment> present(long[] counts, String preset, List<String> classes, SegmentTable table) {
        List<Segment> segments = new ArrayList<>();
        for (int label = 1; label < counts.length; label++) {
            if (counts[label] > 0) {
                String name = label < classes.size() ? classes.get(label) : "label " + label;
                segments.add(new Segment(segments.size() + 1, label, name, table.codes(preset, name, label)));
            }
        }
        return segments;
    }
}
