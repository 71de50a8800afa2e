package io.deformux.dicom.derived;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Element;
import io.deformux.dicom.data.Tag;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * The modules of the source that an object derived from it shares with it: Patient, General Study, Patient Study (PS3.3
 * Annex A), and the scanner as contributing equipment. Values are copied as bytes, with the character set they are written
 * in; dates, times, ages, numbers and sexes only where they are what their representation allows, since a viewer that
 * cannot read one may refuse the object.
 */
public final class SourceModules {
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
            Tag.DEIDENTIFICATION_METHOD_CODE_SEQUENCE);

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
            Tag.STUDY_ID);

    private static final List<Tag> EQUIPMENT = List.of(
            Tag.MANUFACTURER,
            Tag.INSTITUTION_NAME,
            Tag.STATION_NAME,
            Tag.MANUFACTURER_MODEL_NAME,
            Tag.DEVICE_SERIAL_NUMBER,
            Tag.SOFTWARE_VERSIONS);

    private SourceModules() {}

    /** Copies from {@code source} into {@code target}. */
    public static void copy(DataSet source, DataSet target) {
        REQUIRED.forEach(tag -> target.put(tag, ""));
        REQUIRED.forEach(tag -> copy(tag, source, target));
        OPTIONAL.forEach(tag -> copy(tag, source, target));
        if (source.has(Tag.MANUFACTURER)) {
            DataSet scanner = new DataSet()
                    .put(
                            Tag.PURPOSE_OF_REFERENCE_CODE_SEQUENCE,
                            Code.dcm("109101", "Acquisition Equipment").item());
            EQUIPMENT.forEach(tag -> copy(tag, source, scanner));
            target.put(Tag.CONTRIBUTING_EQUIPMENT_SEQUENCE, scanner);
        }
    }

    /** The time zone that the source's dates and times are of, where it names one. */
    static Optional<ZoneOffset> offset(DataSet source) {
        String text = ascii(source, Tag.TIMEZONE_OFFSET_FROM_UTC);
        return ValidText.is(Tag.TIMEZONE_OFFSET_FROM_UTC, text) ? Optional.of(ZoneOffset.of(text)) : Optional.empty();
    }

    /** Copies an attribute that is not empty and can be what it says. */
    public static void copy(Tag tag, DataSet source, DataSet target) {
        if (source.has(tag) && ValidText.is(tag, ascii(source, tag))) {
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
