package io.deformux.pacs;

import io.deformux.routing.RoutedSeries;
import io.deformux.routing.RoutingRules;
import io.deformux.schemas.ScanArrived;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events that a series of an archive gives: what a bridge sends, for those too who ask before. */
public final class SeriesEvents {
    /** What the ids of a bridge's jobs begin with. */
    public static final String PREFIX = "pacs-";

    private static final Logger LOG = LoggerFactory.getLogger(SeriesEvents.class);

    private SeriesEvents() {}

    /**
     * Of one series; none if it is gone, or no rule takes it or wants it beside another one.
     *
     * @param id Orthanc's own of the series
     * @param dicomWeb as in {@link PacsBridge}
     * @throws IOException if Orthanc does not answer as it should
     */
    public static List<ScanArrived> of(Orthanc orthanc, String id, RoutingRules rules, URI dicomWeb)
            throws IOException, InterruptedException {
        Optional<RoutedSeries> found = orthanc.series(id);
        if (found.isEmpty() || (rules.of(found.get()).isEmpty() && !rules.wantChannels())) {
            return List.of();
        }
        RoutedSeries series = found.get();
        if (!series.hasUids()) {
            LOG.warn("Passes over series {}: its UIDs cannot be asked for by DICOMweb", id);
            return List.of();
        }
        List<RoutedSeries> others = rules.wantChannels()
                ? orthanc.beside(series).stream().filter(RoutedSeries::hasUids).toList()
                : List.of();
        return rules.events(
                series,
                others,
                PREFIX,
                one -> URI.create(dicomWeb + "/studies/" + one.studyUid() + "/series/" + one.seriesUid()));
    }

    /**
     * Of all series of a study that has this Study Instance UID, or of the series with this Series Instance UID.
     *
     * @throws IOException if Orthanc does not answer as it should, or has none of that UID
     */
    public static List<ScanArrived> ofUid(Orthanc orthanc, String uid, RoutingRules rules, URI dicomWeb)
            throws IOException, InterruptedException {
        Map<String, ScanArrived> events = new LinkedHashMap<>();
        for (String id : orthanc.seriesOf(uid)) {
            of(orthanc, id, rules, dicomWeb).forEach(event -> events.put(event.jobId(), event));
        }
        return List.copyOf(events.values());
    }
}
