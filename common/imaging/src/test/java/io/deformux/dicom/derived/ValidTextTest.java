package io.deformux.dicom.derived;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.dicom.data.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidTextTest {
    @ParameterizedTest
    @CsvSource({
        "STUDY_DATE, 20240229, true",
        "STUDY_DATE, 20230229, false",
        "STUDY_DATE, 2024.02.29, false",
        "STUDY_DATE, 00000000, false",
        "STUDY_DATE, 2024-1-1, false",
        "PATIENT_BIRTH_DATE, 195001, false",
        "STUDY_TIME, 235959.123456, true",
        "STUDY_TIME, 07, true",
        "STUDY_TIME, 07:30:00, false",
        "STUDY_TIME, 246000, false",
        "PATIENT_AGE, 042Y, true",
        "PATIENT_AGE, 42 years, false",
        "PATIENT_WEIGHT, 70.5, true",
        "PATIENT_WEIGHT, '70,5', false",
        "PATIENT_SEX, F, true",
        "PATIENT_SEX, female, false",
        "TIMEZONE_OFFSET_FROM_UTC, +0100, true",
        "TIMEZONE_OFFSET_FROM_UTC, CET, false",
        "LOSSY_IMAGE_COMPRESSION_RATIO, 10\\2.5, true",
        "STUDY_DESCRIPTION, anything, true"
    })
    void onlyWhatARepresentationAllowsIsCopied(Tag tag, String text, boolean valid) {
        assertThat(ValidText.is(tag, text)).isEqualTo(valid);
    }
}
