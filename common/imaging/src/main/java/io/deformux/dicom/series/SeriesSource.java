package io.deformux.dicom.series;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.data.Vr;
import io.deformux.dicom.series.slice.Vector3;
import java.util.List;
import java.util.Optional;

/**
 * What an object derived from a series repeats of it, as it can be written: each value in the representation of the data
 * dictionary; what does not fit that is left out, long values and private elements too.
 *
 * <p>Holds text about the patient as raw bytes: nothing of it may go into logs, messages or events, and nothing here prints
 * it.
 */
public final class SeriesSource {
    private static final int FIRST_GROUP = 0x0008;
    private static final int LAST_GROUP = 0x0028;

    /** The longest even value that has a 16-bit length (PS3.5 section 7.1.2). */
    private static final int MOST_VALUE_BYTES = 65_534;

    private final DataSet attributes;
    private final List<Vector3> positions;
    private final boolean samplesInPlace;

    private SeriesSource(DataSet attributes, List<Vector3> positions, boolean samplesInPlace) {
        this.attributes = attributes;
        this.positions = List.copyOf(positions);
        this.samplesInPlace = samplesInPlace;
    }

    /**
     * @param header what is said of the first slice; of it the attributes of groups 0008 to 0028 that are known here are
     *     kept
     * @param positions the centre of the first sample of each slice, in the order of k
     * @param samplesInPlace see {@link #samplesInPlace()}
     */
    public static SeriesSource of(DataSet header, List<Vector3> positions, boolean samplesInPlace) {
        DataSet kept = new DataSet();
        for (Element element : header.elements()) {
            int group = element.tag() >>> 16;
            if (group >= FIRST_GROUP
                    && group <= LAST_GROUP
                    && Tag.of(element.tag()).isPresent()) {
                writable(element).ifPresent(kept::put);
            }
        }
        return new SeriesSource(kept, positions, samplesInPlace);
    }

    private static DataSet writable(DataSet item) {
        DataSet kept = new DataSet();
        for (Element element : item.elements()) {
            boolean standard = (element.tag() >>> 16) % 2 == 0;
            if (standard) {
                writable(element).ifPresent(kept::put);
            }
        }
        return kept;
    }

    private static Optional<Element> writable(Element element) {
        Vr vr = Tag.of(element.tag()).map(Tag::vr).orElse(element.vr());
        if (element instanceof Element.Items sequence && vr == Vr.SQ) {
            return Optional.of(new Element.Items(
                    element.tag(),
                    sequence.items().stream().map(SeriesSource::writable).toList()));
        }
        if (element instanceof Element.Bytes bytes && vr != Vr.SQ && fits(bytes.value().length, vr)) {
            return Optional.of(new Element.Bytes(element.tag(), vr, bytes.value(), bytes.order()));
        }
        return Optional.empty();
    }

    private static boolean fits(int length, Vr vr) {
        return length <= MOST_VALUE_BYTES && length % vr.unit() == 0;
    }

    /** Attributes of the slice of k = 0; do not change them. */
    public DataSet attributes() {
        return attributes;
    }

    /**
     * Whether each sample of a slice is one of the image that the slice comes from, at the same row and column: not so for
     * slices that were interpolated or cut out of a mosaic.
     */
    public boolean samplesInPlace() {
        return samplesInPlace;
    }

    /** The centre of the first sample of each slice, in the order of k. */
    public List<Vector3> positions() {
        return positions;
    }
}
