package io.deformux.pacs;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.event.FeedPublisher;
import io.deformux.routing.RoutingRules;
import io.deformux.schemas.ScanArrived;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns stable series of an Orthanc into scan-arrived events: the event and the place in the change feed are one
 * transaction, so that each announcement gives one. A job id derives from the series, its instances and the model, so a
 * series that grew is another job, and one that is announced again, as after its files were replaced, the same job again;
 * twice in one page it is published once. One thread.
 */
public final class PacsBridge {
    private static final Logger LOG = LoggerFactory.getLogger(PacsBridge.class);
    private static final int PAGE = 100;

    private final Orthanc orthanc;
    private final Supplier<RoutingRules> rules;
    private final URI dicomWeb;
    private final FeedPublisher publisher;
    private final SeriesTries tries;
    private final BridgeObserver observer;

    /** A bridge that has tried nothing before. */
    public PacsBridge(Orthanc orthanc, Supplier<RoutingRules> rules, URI dicomWeb, FeedPublisher publisher) {
        this(orthanc, rules, dicomWeb, publisher, new SeriesTries(), BridgeObserver.NONE);
    }

    /**
     * A bridge.
     *
     * @param rules the rules that hold now; asked for with every page
     * @param dicomWeb the root of the archive's DICOMweb service as the workers reach it, as {@code
     *     dicomweb://pacs:8042/dicom-web}, without a slash at its end
     * @param tries outlives the bridge, which ends with each failure
     */
    PacsBridge(
            Orthanc orthanc,
            Supplier<RoutingRules> rules,
            URI dicomWeb,
            FeedPublisher publisher,
            SeriesTries tries,
            BridgeObserver observer) {
        this.orthanc = orthanc;
        this.rules = rules;
        this.dicomWeb = dicomWeb;
        this.publisher = publisher;
        this.tries = tries;
        this.observer = observer;
    }

    /**
     * Publishes one page of changes.
     *
     * @return whether there are more
     * @throws IOException if Orthanc does not answer as it should; nothing is published then, and the page comes again
     * @throws JobException {@code PACS_FEED_SHORTENED}, or {@code KAFKA_UNAVAILABLE} from the publisher
     */
    public boolean step() throws IOException, InterruptedException {
        Orthanc.Changes changes = orthanc.changes(publisher.position(), PAGE);
        if (changes.last() < publisher.position()) {
            throw new JobException(
                    FailureCode.PACS_FEED_SHORTENED,
                    "the archive's changes end at " + changes.last() + ", before " + publisher.position()
                            + " where they were left: it is a new archive; give its feed a name of its own");
        }
        RoutingRules now = rules.get();
        Map<String, ScanArrived> byJob = new LinkedHashMap<>();
        Map<String, IOException> aside = new LinkedHashMap<>();
        for (String id : changes.stableSeries()) {
            eventsOrNone(id, now, aside).forEach(event -> byJob.put(event.jobId(), event));
        }
        List<ScanArrived> events = List.copyOf(byJob.values());
        if (changes.last() > publisher.position()) {
            publisher.publish(events, changes.last());
            tries.forget();
            aside.forEach(this::tellSetAside);
            events.forEach(event ->
                    LOG.info("Job {} for model {}", event.jobId(), event.model().name()));
        }
        observer.looked(events.size());
        return !changes.done();
    }

    /** A series that the archive cannot serve, while it answers otherwise, stops the feed for some tries only. */
    private List<ScanArrived> eventsOrNone(String id, RoutingRules now, Map<String, IOException> aside)
            throws IOException, InterruptedException {
        try {
            return SeriesEvents.of(orthanc, id, now, dicomWeb);
        } catch (IOException e) {
            orthanc.lastChange(); // if this fails too, it is not the series
            if (!tries.isLast(id)) {
                throw new IOException(
                        e.getMessage(), e); // whatever it was, it is of that series and not of the archive
            }
            aside.put(id, e);
            return List.of();
        }
    }

    /** Once its page is published: until then it may be had after all. */
    private void tellSetAside(String id, IOException why) {
        LOG.error(
                "Sets series {} aside after {} tries: {}; mend it in the archive and have it become stable again",
                id,
                SeriesTries.MOST,
                why.getMessage());
        observer.setAside();
    }
}
