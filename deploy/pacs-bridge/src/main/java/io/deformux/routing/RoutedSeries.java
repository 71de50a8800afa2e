package io.deformux.routing;

import io.deformux.dicom.data.DataSet;
import java.util.List;

/**
 * A series for the rules. Whoever holds one knows of the patient what its attributes say, and passes none of it on.
 *
 * @param studyUid Study Instance UID
 * @param seriesUid Series Instance UID
 * @param attributes its attributes
 * @param instances what makes this state of the series another one than before: names of its instances, sorted
 */
public record RoutedSeries(String studyUid, String seriesUid, SeriesAttributes attributes, List<String> instances) {
    /** The list is copied. */
    public RoutedSeries {
        instances = List.copyOf(instances);
    }

    /** Whether study and series are UIDs (DICOM PS3.5 section 9.1), as a path of DICOMweb needs. */
    public boolean hasUids() {
        return DataSet.isUid(studyUid) && DataSet.isUid(seriesUid);
    }

    /** Keeps attributes out of logs. */
    @Override
    public String toString() {
        return "series " + seriesUid;
    }
}
