package io.deformux.dicom.derived;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.Tag;

/**
 * A coded concept (PS3.3 section 8.1).
 *
 * @param value the code
 * @param scheme who defines it: {@code SCT} (SNOMED CT), {@code DCM} (PS3.16), {@code LN} (LOINC), {@code UCUM} (units)
 * @param meaning what it means in English
 */
public record Code(String value, String scheme, String meaning) {

    /** A SNOMED CT concept. */
    public static Code sct(String value, String meaning) {
        return new Code(value, "SCT", meaning);
    }

    /** A concept of PS3.16 Annex D. */
    public static Code dcm(String value, String meaning) {
        return new Code(value, "DCM", meaning);
    }

    /** A unit of measurement (unitsofmeasure.org). */
    public static Code ucum(String value, String meaning) {
        return new Code(value, "UCUM", meaning);
    }

    /** The item of a code sequence. */
    public DataSet item() {
        return new DataSet()
                .put(Tag.CODE_VALUE, value)
                .put(Tag.CODING_SCHEME_DESIGNATOR, scheme)
                .put(Tag.CODE_MEANING, meaning);
    }
}
