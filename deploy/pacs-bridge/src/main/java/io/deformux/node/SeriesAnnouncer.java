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
import java.util.List;
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
        URI input = location.resolve(whole.folder().getFileName() + "/");
        Optional<RoutedSeries> series = series(whole);
        return series.isEmpty()
                ? List.of()
                : now.events(series.get(), OwnJobs.PREFIX, (jobId, job) -> job.event(jobId, input));
    }

    /** Empty where somebody has put something else there, or taken all away. */
    private Optional<RoutedSeries> series(SeriesStore.Whole whole) throws IOException {
        List<String> instances = SeriesStore.instances(whole);
        if (instances.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(FolderEvents.series(whole.folder().resolve(instances.get(0)), instances));
        } catch (JobException e) {
            if (e.code().failureClass() != FailureClass.BAD_JOB) {
                throw e; // the disk's, not the series'
            }
            LOG.error("Passes over series {}: {} {}", whole.number(), e.code(), e.getMessage());
            observer.setAside();
            return Optional.empty();
        }
    }
}
