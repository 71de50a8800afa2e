package io.deformux.node;

import io.deformux.failure.JobException;
import io.deformux.messaging.cluster.Backoff;
import io.deformux.messaging.event.EventReader;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.schemas.OutputFile;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.SegmentationFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the DICOM objects of a node's own jobs to a peer. Reads all results that Kafka has when it begins; which of them are
 * still to be sent, {@link OwnJobs} knows, so that a restart loses none. What cannot be sent is tried again, ever more
 * rarely, and given up after some tries until the next start; no object holds up another one. One thread of its own.
 */
final class ResultReturn implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultReturn.class);
    private static final Set<String> ROLES = Set.of("dicom-seg", "dicom-sr", "dicom-rtstruct");
    /** Half a day with the waits between them. */
    private static final int MOST_TRIES = 150;

    private static final Duration READ = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final OwnJobs jobs;
    private final Supplier<EventReader> results;
    private final ObjectSender sender;
    private final Backoff waits;
    private final NodeObserver observer;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "dicom-return");
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    /** Jobs of which objects could not be sent so far, those that were given up among them. */
    private final Set<String> unsent = new HashSet<>();

    /** What is to be sent of a job, how often that was tried, and when it is tried next, in ns of the JVM's clock. */
    private record Pending(List<OutputFile> objects, int tries, long next) {}

    /**
     * A sender.
     *
     * @param results opens a reader of all results that there are, which is closed here
     * @param waits between the tries of a job's objects, and after Kafka was away
     */
    ResultReturn(
            OwnJobs jobs, Supplier<EventReader> results, ObjectSender sender, Backoff waits, NodeObserver observer) {
        this.jobs = jobs;
        this.results = results;
        this.sender = sender;
        this.waits = waits;
        this.observer = observer;
    }

    /** Begins, on a thread of its own. */
    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether it still reads, or waits to. */
    boolean runs() {
        return thread.isAlive();
    }

    private void run() {
        int failures = 0;
        while (isOpen()) {
            try (EventReader reader = results.get()) {
                while (isOpen()) {
                    reader.read(READ).forEach(this::take);
                    sendWhatIsDue();
                    forgetWhatIsNotWaitedFor();
                    failures = 0;
                }
            } catch (JobException e) {
                LOG.warn("Results cannot be read: {}", e.getMessage());
                pause(waits.delay(++failures));
            }
        }
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void pause(Duration time) {
        try {
            closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    private void take(ReceivedEvent received) {
        if (received.event() instanceof SegmentationCompleted completed && jobs.has(completed.jobId())) {
            List<OutputFile> objects = completed.outputs().stream()
                    .filter(output -> ROLES.contains(output.role()) && !isInArchive(output))
                    .toList();
            pending.put(completed.jobId(), new Pending(objects, 0, System.nanoTime()));
        } else if (received.event() instanceof SegmentationFailed failed && jobs.has(failed.jobId())) {
            // Once it is mended and replayed it has a result.
            LOG.warn("Job {} has failed with {}, and gives nothing back now", failed.jobId(), failed.code());
        }
    }

    private static boolean isInArchive(OutputFile output) {
        return output.uri().getScheme().startsWith("dicomweb");
    }

    private void sendWhatIsDue() {
        for (String jobId : List.copyOf(pending.keySet())) {
            Pending job = pending.get(jobId);
            if (isOpen() && System.nanoTime() - job.next() >= 0) {
                pending.remove(jobId);
                tried(jobId, job).ifPresent(next -> pending.put(jobId, next));
            }
        }
    }

    /** Nobody needs to be told of jobs that are too old. */
    private void forgetWhatIsNotWaitedFor() {
        if (unsent.removeIf(jobId -> !jobs.has(jobId))) {
            observer.unsent(unsent.size());
        }
    }

    /** Tries to send; what is to be tried again, if anything. */
    private Optional<Pending> tried(String jobId, Pending job) {
        ObjectSender.Left left = sender.send(job.objects());
        boolean well = left.objects().isEmpty();
        observer.sentBack(well);
        if (well) {
            LOG.info("Job {}: its objects were sent back", jobId);
            unsent.remove(jobId);
            done(jobId);
        } else {
            unsent.add(jobId);
        }
        observer.unsent(unsent.size());
        return well ? Optional.empty() : again(jobId, job.tries() + 1, left);
    }

    private Optional<Pending> again(String jobId, int tries, ObjectSender.Left left) {
        if (tries == 1 || tries == MOST_TRIES) {
            LOG.warn(
                    "Job {}: {} of its objects cannot be sent back, {}: {}",
                    jobId,
                    left.objects().size(),
                    tries == 1 ? "which is tried again" : "and this is given up until the next start",
                    left.why());
        }
        return tries == MOST_TRIES
                ? Optional.empty()
                : Optional.of(new Pending(
                        left.objects(),
                        tries,
                        System.nanoTime() + waits.delay(tries).toNanos()));
    }

    private void done(String jobId) {
        try {
            jobs.remove(jobId);
        } catch (IOException e) {
            LOG.warn("Job {} is sent back again after the next start: {}", jobId, e.getMessage());
        }
    }

    /** Ends it after what it is about to send, within a few seconds. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
