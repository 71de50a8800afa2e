package io.deformux.dicom.seg;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The modules of the source that a segmentation shares with it: Patient, General Study, Patient Study and the Frame of
 * Reference (PS3.3 Annex A.51), and the scanner as contributing equipment. Values are copied as bytes, with the
 * character set they are written in.
 */
final class SourceModules {
    /** Copied where the source has them. */
    private static final List<Tag> OPTIONAL = List.of(
            Tag.SPECIFIC_CHARACTER_SET,
            Tag.TIMEZONE_OFFSET_FROM_UTC,
            Tag.INSTITUTION_NAME,
            Tag.STUDY_DESCRIPTION,
            Tag.ISSUER_OF_PATIENT_ID,
            Tag.PATIENT_AGE,
            Tag.PATIENT_SIZE,
            Tag.PATIENT_WEIGHT,
            Tag.PATIENT_IDENTITY_REMOVED,
            Tag.DEIDENTIFICATION_METHOD,
            Tag.DEIDENTIFICATION_METHOD_CODE_SEQUENCE,
            Tag.LOSSY_IMAGE_COMPRESSION_RATIO,
            Tag.LOSSY_IMAGE_COMPRESSION_METHOD);

    /** Of type 2: there in any case, empty where the source has none. */
    private static final List<Tag> REQUIRED = List.of(
            Tag.STUDY_DATE,
            Tag.STUDY_TIME,
            Tag.ACCESSION_NUMBER,
            Tag.REFERRING_PHYSICIAN_NAME,
            Tag.PATIENT_NAME,
            Tag.PATIENT_ID,
            Tag.PATIENT_BIRTH_DATE,
            Tag.PATIENT_SEX,
            Tag.STUDY_ID,
            Tag.POSITION_REFERENCE_INDICATOR);

    private static final List<Tag> EQUIPMENT = List.of(
            Tag.MANUFACTURER,
            Tag.INSTITUTION_NAME,
            Tag.STATION_NAME,
            Tag.MANUFACTURER_MODEL_NAME,
            Tag.DEVICE_SERIAL_NUMBER,
            Tag.SOFTWARE_VERSIONS);

    /** A date and its time, the nearest to the images first. */
    private static final List<List<Tag>> MOMENTS = List.of(
            List.of(Tag.SERIES_DATE, Tag.SERIES_TIME),
            List.of(Tag.ACQUISITION_DATE, Tag.ACQUISITION_TIME),
            List.of(Tag.STUDY_DATE, Tag.STUDY_TIME));

    private static final Pattern DATE = Pattern.compile("\\d{8}");
    private static final Pattern TIME = Pattern.compile("\\d{2}(\\d{2}(\\d{2}(\\.\\d{1,6})?)?)?");

    private SourceModules() {}

    /** Copies from {@code source} into {@code target}. */
    static void copy(DataSet source, DataSet target) {
        REQUIRED.forEach(tag -> target.put(tag, ""));
        REQUIRED.forEach(tag -> copy(tag, source, target));
        OPTIONAL.forEach(tag -> copy(tag, source, target));
        target.put(Tag.LOSSY_IMAGE_COMPRESSION, "00");
        copy(Tag.LOSSY_IMAGE_COMPRESSION, source, target);
        if (source.has(Tag.MANUFACTURER)) {
            DataSet scanner = new DataSet()
                    .put(
                            Tag.PURPOSE_OF_REFERENCE_CODE_SEQUENCE,
                            Code.dcm("109101", "Acquisition Equipment").item());
            EQUIPMENT.forEach(tag -> copy(tag, source, scanner));
            target.put(Tag.CONTRIBUTING_EQUIPMENT_SEQUENCE, scanner);
        }
    }

    /**
     * Sets the dates and times of content and series. They are those of the source, its series before its study, and
     * never the clock's: a job that is repeated has to give the same bytes. A source without a whole one gives 1900-01-01.
     */
    static void putMoment(DataSet source, DataSet target) {
        String date = "19000101";
        String time = "000000";
        for (List<Tag> moment : MOMENTS) {
            String day = ascii(source, moment.get(0));
            String clock = ascii(source, moment.get(1));
            if (DATE.matcher(day).matches() && TIME.matcher(clock).matches()) {
                date = day;
                time = clock;
                break;
            }
        }
        target.put(Tag.SERIES_DATE, date)
                .put(Tag.SERIES_TIME, time)
                .put(Tag.CONTENT_DATE, date)
                .put(Tag.CONTENT_TIME, time);
    }

    /** Copies an attribute that is not empty. */
    static void copy(Tag tag, DataSet source, DataSet target) {
        if (source.has(tag)) {
            source.element(tag.number()).ifPresent(target::put);
        }
    }

    private static String ascii(DataSet source, Tag tag) {
        return source.element(tag.number())
                .filter(Element.Bytes.class::isInstance)
                .map(element -> new String(((Element.Bytes) element).value(), StandardCharsets.US_ASCII).strip())
                .orElse("");
    }
}
