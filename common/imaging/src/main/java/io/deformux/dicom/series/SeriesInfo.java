package io.deformux.dicom.series;

import io.deformux.dicom.series.slice.SopInstance;
import java.util.List;
import java.util.Optional;

/**
 * What an output that refers to a series needs to know of it. UIDs and a defined term only: nothing here is text that
 * a person wrote.
 *
 * @param modality {@code CT} or {@code MR}
 * @param studyInstanceUid the study
 * @param seriesInstanceUid the series
 * @param frameOfReferenceUid the coordinate system, where the series names one
 * @param transferSyntaxUids the transfer syntaxes of the files, each once; usually one
 * @param instances the image of each slice, an object or a frame of one, in the order of k
 */
public record SeriesInfo(
        String modality,
        String studyInstanceUid,
        String seriesInstanceUid,
        Optional<String> frameOfReferenceUid,
        List<String> transferSyntaxUids,
        List<SopInstance> instances) {

    /** Copies the lists. */
    public SeriesInfo {
        transferSyntaxUids = List.copyOf(transferSyntaxUids);
        instances = List.copyOf(instances);
    }

    /** The objects that the slices are in, each once and whole. */
    public List<SopInstance> objects() {
        return instances.stream().map(SopInstance::whole).distinct().toList();
    }
}
