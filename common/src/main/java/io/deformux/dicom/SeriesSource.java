package io.deformux.dicom;

import java.util.List;

/**
 * What an object derived from a series repeats of it. Holds text about the patient as raw bytes: nothing of it may go
 * into logs, messages or events, and nothing here prints it.
 */
public final class SeriesSource {
    private static final int FIRST_GROUP = 0x0008;
    private static final int LAST_GROUP = 0x0028;
    private static final int MOST_VALUE_BYTES = 1 << 16;

    private final DataSet attributes;
    private final List<Vector3> positions;

    private SeriesSource(DataSet attributes, List<Vector3> positions) {
        this.attributes = attributes;
        this.positions = List.copyOf(positions);
    }

    /**
     * @param header what is said of the first slice; of it the standard attributes of groups 0008 to 0028 are kept, long
     *     values left out
     * @param positions the centre of the first sample of each slice, in the order of k
     */
    static SeriesSource of(DataSet header, List<Vector3> positions) {
        DataSet kept = new DataSet();
        for (Element element : header.elements()) {
            int group = element.tag() >>> 16;
            boolean standard = group >= FIRST_GROUP && group <= LAST_GROUP && group % 2 == 0;
            boolean small = !(element instanceof Element.Bytes bytes) || bytes.value().length <= MOST_VALUE_BYTES;
            if (standard && small) {
                kept.put(element);
            }
        }
        return new SeriesSource(kept, positions);
    }

    /** Attributes of the slice of k = 0; do not change them. */
    public DataSet attributes() {
        return attributes;
    }

    /** The centre of the first sample of each slice, in the order of k. */
    public List<Vector3> positions() {
        return positions;
    }
}
