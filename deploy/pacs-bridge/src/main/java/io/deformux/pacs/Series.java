package io.deformux.pacs;

import io.deformux.dicom.data.DataSet;
import java.util.List;

/**
 * What the bridge knows of a series; of the patient it knows nothing.
 *
 * @param studyUid Study Instance UID
 * @param seriesUid Series Instance UID
 * @param modality such as {@code CT}
 * @param bodyPart Body Part Examined; empty if the series does not say
 * @param description series and study description, separated by a line break; for the rules alone, never passed on
 * @param instances what makes this state of the series another one than before: Orthanc's ids of its instances, sorted
 */
public record Series(
        String studyUid,
        String seriesUid,
        String modality,
        String bodyPart,
        String description,
        List<String> instances) {

    /** The list is copied. */
    public Series {
        instances = List.copyOf(instances);
    }

    /** Whether study and series are UIDs (DICOM PS3.5 section 9.1), as a path of DICOMweb needs. */
    boolean hasUids() {
        return DataSet.isUid(studyUid) && DataSet.isUid(seriesUid);
    }

    /** Keeps the descriptions, which may name a patient, out of logs. */
    @Override
    public String toString() {
        return "series " + seriesUid;
    }
}
