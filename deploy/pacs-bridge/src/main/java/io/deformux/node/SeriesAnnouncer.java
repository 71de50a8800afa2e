package io.deformux.node;

import io.deformux.failure.FailureClass;
import io.deformux.failure.JobException;
import io.deformux.messaging.event.FeedPublisher;
import io.deformux.routing.RoutedSeries;
import io.deformux.routing.RoutingRules;
import io.deformux.schemas.ScanArrived;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes series whole that have been quiet, and events of them: the events of a series and its number are one transaction, so
 * that each is announced once. A job id derives from the series, its instances and the model. One thread.
 */
final class SeriesAnnouncer {
    private static final Logger LOG = LoggerFactory.getLogger(SeriesAnnouncer.class);

    private final SeriesStore store;
    private final OwnJobs jobs;
    private final Supplier<RoutingRules> rules;
    private final URI location;
    private final Duration quiet;
    private final NodeObserver observer;
    /** The studies of series that were looked at, by number. */
    private final Map<Long, String> studies = new HashMap<>();

    /**
     * An announcer.
     *
     * @param location the folder as the workers see it
     * @param quiet after so long without an instance a series is whole
     * @param observer hears of series that are passed over
     */
    SeriesAnnouncer(
            SeriesStore store,
            OwnJobs jobs,
            Supplier<RoutingRules> rules,
            URI location,
            Duration quiet,
            NodeObserver observer) {
        this.store = store;
        this.jobs = jobs;
        this.rules = rules;
        this.location = URI.create(location.toString().replaceAll("/*$", "/"));
        this.quiet = quiet;
        this.observer = observer;
    }

    /**
     * Looks once.
     *
     * @return how many events there were
     * @throws IOException if the folder cannot be used
     * @throws JobException {@code KAFKA_UNAVAILABLE} from the publisher
     */
    int look(FeedPublisher publisher) throws IOException {
        store.settle(Instant.now().minus(quiet), publisher.position());
        RoutingRules now = rules.get();
        int sent = 0;
        for (SeriesStore.Whole whole : store.after(publisher.position())) {
            List<ScanArrived> events = events(whole, now);
            for (ScanArrived event : events) {
                jobs.add(event.jobId());
            }
            publisher.publish(events, whole.number());
            events.forEach(event ->
                    LOG.info("Job {} for model {}", event.jobId(), event.model().name()));
            sent += events.size();
        }
        return sent;
    }

    private List<ScanArrived> events(SeriesStore.Whole whole, RoutingRules now) throws IOException {
        Optional<RoutedSeries> series = series(whole);
        if (series.isEmpty()) {
            return List.of();
        }
        Map<RoutedSeries, SeriesStore.Whole> study = new IdentityHashMap<>();
        study.put(series.get(), whole);
        List<RoutedSeries> others = new ArrayList<>();
        if (now.wantChannels()) {
            List<SeriesStore.Whole> besides = store.besides(whole);
            studies.keySet()
                    .retainAll(besides.stream().map(SeriesStore.Whole::number).toList());
            for (SeriesStore.Whole other : besides) {
                Optional<RoutedSeries> found = ofStudy(series.get().studyUid(), other);
                if (found.isPresent()) {
                    study.put(found.get(), other);
                    others.add(found.get());
                }
            }
        }
        return now.events(
                series.get(),
                others,
                OwnJobs.PREFIX,
                one -> location.resolve(study.get(one).folder().getFileName() + "/"));
    }

    /** A series if it is of that study; those of others are read once. */
    private Optional<RoutedSeries> ofStudy(String studyUid, SeriesStore.Whole whole) throws IOException {
        String known = studies.get(whole.number());
        if (known != null && !known.equals(studyUid)) {
            return Optional.empty();
        }
        Optional<RoutedSeries> series = readable(whole);
        studies.put(whole.number(), series.map(RoutedSeries::studyUid).orElse(""));
        return series.filter(one -> one.studyUid().equals(studyUid));
    }

    /** One that cannot be read was told of when it was its turn. */
    private static Optional<RoutedSeries> readable(SeriesStore.Whole whole) throws IOException {
        try {
            return read(whole);
        } catch (JobException e) {
            if (e.code().failureClass() != FailureClass.BAD_JOB) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Optional<RoutedSeries> series(SeriesStore.Whole whole) throws IOException {
        try {
            return read(whole);
        } catch (JobException e) {
            if (e.code().failureClass() != FailureClass.BAD_JOB) {
                throw e; // the disk's, not the series'
            }
            LOG.error("Passes over series {}: {} {}", whole.number(), e.code(), e.getMessage());
            observer.setAside();
            return Optional.empty();
        }
    }

    /** Empty where somebody has taken all away. */
    private static Optional<RoutedSeries> read(SeriesStore.Whole whole) throws IOException {
        List<String> instances = SeriesStore.instances(whole);
        return instances.isEmpty()
                ? Optional.empty()
                : Optional.of(FolderEvents.series(whole.folder().resolve(instances.get(0)), instances));
    }
}
