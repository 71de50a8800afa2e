package io.deformux.dicom.seg;

import io.deformux.volume.LabelMap;
import io.deformux.volume.Shape3;
import java.util.ArrayList;
import java.util.List;

/**
 * Which frames an object has: none of them empty. For {@link SegKind#BINARY} segment by segment and within each in the
 * order of k, for {@link SegKind#LABELMAP} in the order of k.
 *
 * @param kind how segments are stored
 * @param frames the frames in the order of the file
 * @param places for each k, its rank among the slices that have a frame, from 1; 0 for the others
 */
record Frames(SegKind kind, List<Frame> frames, int[] places) {

    /**
     * One frame.
     *
     * @param segment the number of its segment; 0 where it shows several
     * @param label the label of that segment; 0 likewise
     * @param k its slice
     */
    record Frame(int segment, int label, int k) {}

    /** The frames for the segments of a label map. */
    static Frames of(SegKind kind, LabelMap labels, List<Segment> segments) {
        boolean[][] occurs = occurrence(labels);
        int slices = labels.geometry().shape().w();
        int[] places = new int[slices];
        List<Integer> used = new ArrayList<>();
        for (int k = 0; k < slices; k++) {
            int slice = k;
            if (segments.stream().anyMatch(segment -> occurs[segment.label()][slice])) {
                used.add(k);
                places[k] = used.size();
            }
        }
        List<Frame> frames = new ArrayList<>();
        if (kind == SegKind.LABELMAP) {
            used.forEach(k -> frames.add(new Frame(0, 0, k)));
        } else {
            for (Segment segment : segments) {
                used.stream()
                        .filter(k -> occurs[segment.label()][k])
                        .forEach(k -> frames.add(new Frame(segment.number(), segment.label(), k)));
            }
        }
        return new Frames(kind, frames, places);
    }

    /** Whether a label occurs in a slice. */
    private static boolean[][] occurrence(LabelMap labels) {
        Shape3 shape = labels.geometry().shape();
        boolean[][] occurs = new boolean[256][shape.w()];
        byte[] voxels = labels.labels();
        for (int line = 0; line < voxels.length; line += shape.w()) {
            for (int k = 0; k < shape.w(); k++) {
                occurs[voxels[line + k] & 0xff][k] = true;
            }
        }
        return occurs;
    }
}
