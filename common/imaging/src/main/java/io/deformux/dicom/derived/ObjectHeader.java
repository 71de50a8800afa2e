package io.deformux.dicom.derived;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.NamedUid;
import io.deformux.dicom.data.SpecificCharacterSet;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.series.SeriesInfo;
import io.deformux.dicom.series.SeriesSource;
import io.deformux.dicom.series.slice.SopInstance;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** What every object derived from a series begins with: patient, study, a series of its own, this software. */
public final class ObjectHeader {
    /** What this software is called. */
    public static final String PRODUCT = "deformux";

    private static final int MOST_LO_CHARACTERS = 64;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

    /** How many numbers the series of one modality have: seven digits, far above those of scanners. */
    private static final int SERIES_NUMBERS = 1_000_000;

    private final SeriesInfo info;
    private final SeriesSource source;
    private final Making making;
    private final Charset charset;

    /** Headers for objects derived from that series. */
    public ObjectHeader(SeriesInfo info, SeriesSource source, Making making) {
        this.info = info;
        this.source = source;
        this.making = making;
        this.charset = SpecificCharacterSet.of(source.attributes());
    }

    /**
     * A header with the modules Patient, General Study, General Series, General Equipment and SOP Common. Its date is
     * that of its job. The series number is {@code modalityNumber} followed by six digits that the series' UID decides, so
     * that the results of a study have numbers of their own without anyone knowing what else is in it.
     *
     * @param object the object that it is for
     * @param seriesInstanceUid the series that the object is in
     * @param modality its modality
     * @param modalityNumber 1 to 9, of that modality alone
     * @param title what the series holds; it is called after that and the algorithm
     */
    public DataSet begin(
            SopInstance object, String seriesInstanceUid, String modality, int modalityNumber, String title) {
        DataSet header = new DataSet();
        SourceModules.copy(source.attributes(), header);
        putBegun(header, Tag.SERIES_DATE, Tag.SERIES_TIME);
        header.put(Tag.SOP_CLASS_UID, object.sopClassUid())
                .put(Tag.SOP_INSTANCE_UID, object.sopInstanceUid())
                .put(Tag.STUDY_INSTANCE_UID, info.studyInstanceUid())
                .put(Tag.SERIES_INSTANCE_UID, seriesInstanceUid)
                .put(Tag.MODALITY, modality)
                .put(Tag.SERIES_NUMBER, seriesNumber(modalityNumber, seriesInstanceUid))
                .put(Tag.INSTANCE_NUMBER, "1");
        putAlgorithm(header, Tag.SERIES_DESCRIPTION, title);
        // The equipment is the one that made this object: software, whatever network it ran.
        header.put(Tag.MANUFACTURER, PRODUCT).put(Tag.MANUFACTURER_MODEL_NAME, PRODUCT);
        putText(header, Tag.DEVICE_SERIAL_NUMBER, making.deviceSerialNumber());
        putText(header, Tag.SOFTWARE_VERSIONS, making.softwareVersion());
        return header;
    }

    /** The space that the source lies in: its own, or for one that names none the same for every object derived from it. */
    public String frameOfReferenceUid() {
        return info.frameOfReferenceUid()
                .orElseGet(() -> NamedUid.of("frame of reference\n" + info.seriesInstanceUid()));
    }

    private static String seriesNumber(int modalityNumber, String seriesInstanceUid) {
        return Integer.toString(
                modalityNumber * SERIES_NUMBERS + Math.floorMod(seriesInstanceUid.hashCode(), SERIES_NUMBERS));
    }

    /**
     * Sets a date and a time to when the job first began, in the source's time zone if it names one, since that holds for
     * all of the object; else in that of the machine.
     */
    public void putBegun(DataSet target, Tag date, Tag time) {
        OffsetDateTime begun = SourceModules.offset(source.attributes())
                .map(offset -> making.begun().atOffset(offset))
                .orElseGet(() -> making.begun().atZone(ZoneId.systemDefault()).toOffsetDateTime());
        target.put(date, DATE.format(begun)).put(time, TIME.format(begun));
    }

    /** Sets a Long String (LO) to a few words with the algorithm behind them, whose version stays whole. */
    public void putAlgorithm(DataSet target, Tag tag, String words) {
        putText(target, tag, making.algorithm(words, MOST_LO_CHARACTERS));
    }

    /**
     * A name if the object's character set, which is the source's, has all of its letters.
     *
     * @param otherwise stands for it if not
     */
    public String sayable(String name, String otherwise) {
        return charset.newEncoder().canEncode(name) ? name : otherwise;
    }

    /** Sets a Long String (LO): at most 64 characters, no backslash, in the object's character set. */
    public void putText(DataSet target, Tag tag, String text) {
        putText(target, tag, text, MOST_LO_CHARACTERS);
    }

    /** Sets a text of at most so many characters, likewise. */
    public void putText(DataSet target, Tag tag, String text, int mostCharacters) {
        String plain = text.replace('\\', '/');
        if (plain.length() > mostCharacters) {
            plain = plain.substring(0, plain.offsetByCodePoints(0, plain.codePointCount(0, mostCharacters)));
        }
        byte[] bytes = plain.getBytes(charset);
        if (bytes.length % 2 != 0) {
            bytes = (plain + " ").getBytes(charset);
        }
        target.put(new Element.Bytes(tag.number(), tag.vr(), bytes, ByteOrder.LITTLE_ENDIAN));
    }

    /** The item of a sequence that refers to an object or to one frame of it (PS3.3 table 10-3). */
    public static DataSet reference(SopInstance instance) {
        DataSet item = new DataSet()
                .put(Tag.REFERENCED_SOP_CLASS_UID, instance.sopClassUid())
                .put(Tag.REFERENCED_SOP_INSTANCE_UID, instance.sopInstanceUid());
        instance.frame().ifPresent(frame -> item.put(Tag.REFERENCED_FRAME_NUMBER, Integer.toString(frame)));
        return item;
    }
}
