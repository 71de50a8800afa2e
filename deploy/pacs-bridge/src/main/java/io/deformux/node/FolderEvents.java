package io.deformux.node;

import io.deformux.dicom.data.DataSet;
import io.deformux.dicom.data.DicomFile;
import io.deformux.dicom.data.Tag;
import io.deformux.dicom.series.slice.StorageClass;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.routing.RoutedSeries;
import io.deformux.routing.RoutingRules;
import io.deformux.schemas.ScanArrived;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a node would send if all images of a folder came to it, for those who ask before. */
public final class FolderEvents {
    private FolderEvents() {}

    /**
     * The events of each series, under the ids that the node would give.
     *
     * @param folder its files are looked at, and those of folders in it; what is no DICOM object is passed over, as is one of a
     *     class that the node does not take
     * @param input stands for where the node would keep the series
     * @throws IOException if it cannot be read
     * @throws JobException if a DICOM object in it cannot be read
     */
    public static List<ScanArrived> of(Path folder, RoutingRules rules, URI input) throws IOException {
        Map<String, TreeMap<String, Path>> bySeries = new TreeMap<>();
        for (Path file : files(folder)) {
            try (DicomFile dicom = DicomFile.open(file, Long.MAX_VALUE).orElse(null)) {
                if (dicom == null) {
                    continue;
                }
                DataSet header = dicom.header();
                if (header.optionalUid(Tag.SOP_CLASS_UID)
                        .flatMap(StorageClass::of)
                        .isPresent()) {
                    bySeries.computeIfAbsent(header.uid(Tag.SERIES_INSTANCE_UID), uid -> new TreeMap<>())
                            .put(SeriesStore.instance(header.uid(Tag.SOP_INSTANCE_UID)), file);
                }
            }
        }
        List<RoutedSeries> all = new ArrayList<>();
        for (TreeMap<String, Path> files : bySeries.values()) {
            all.add(series(files.firstEntry().getValue(), List.copyOf(files.keySet())));
        }
        Map<String, ScanArrived> events = new LinkedHashMap<>();
        for (RoutedSeries one : all) {
            List<RoutedSeries> others = all.stream()
                    .filter(other -> other != one && other.studyUid().equals(one.studyUid()))
                    .toList();
            rules.events(one, others, OwnJobs.PREFIX, place -> input)
                    .forEach(event -> events.put(event.jobId(), event));
        }
        return List.copyOf(events.values());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /**
     * A series as the rules see it, by its first instance.
     *
     * @param first the file of that
     * @param instances the names of all
     * @throws JobException if it is none
     */
    static RoutedSeries series(Path first, List<String> instances) throws IOException {
        try (DicomFile dicom = DicomFile.open(first, Long.MAX_VALUE)
                .orElseThrow(
                        () -> new JobException(FailureCode.DICOM_MALFORMED, "an instance is no DICOM file any more"))) {
            DataSet header = dicom.header();
            return new RoutedSeries(
                    header.uid(Tag.STUDY_INSTANCE_UID),
                    header.uid(Tag.SERIES_INSTANCE_UID),
                    new DataSetAttributes(header),
                    instances);
        }
    }
}
