package io.deformux.results.state;

import io.deformux.failure.FailureCode;
import io.deformux.messaging.deadletter.DeadLetter;
import io.deformux.messaging.deadletter.DeadLetterFeed;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.schemas.ComparisonCompleted;
import io.deformux.schemas.ComparisonFailed;
import io.deformux.schemas.Event;
import io.deformux.schemas.JobProgress;
import io.deformux.schemas.ModelPublished;
import io.deformux.schemas.SegmentationCompleted;
import io.deformux.schemas.SegmentationFailed;
import io.deformux.schemas.Topics;
import io.deformux.schemas.TrainingCompleted;
import io.deformux.schemas.TrainingFailed;
import io.deformux.schemas.TrainingFoldCompleted;
import io.deformux.schemas.TrainingFoldFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All that the topics have told, of each kind the newest. An event that is applied again changes nothing. For all threads.
 */
public final class KnownResults {
    /** Of each but jobs, this many are kept. */
    static final int MOST_OTHERS = 2_000;

    /**
     * A worker tells how far a job came after it has written its outcome, which is published a little later; what comes this
     * much after the outcome is of another start of the job.
     */
    static final Duration LAST_WORD = Duration.ofSeconds(10);

    private static final Pattern FOLD = Pattern.compile("(.+)-fold-([0-9]{1,4})");

    /** What only folds tell of, whatever scans are called. */
    private static final String FOLD_STAGE = "train";

    /** Without what a site puts before the names of its topics. */
    private static final List<String> TRAINING_TOPICS = Stream.of(
                    Topics.TRAINING_REQUESTED, Topics.TRAINING_FOLD_REQUESTED, Topics.TRAINING_READY)
            .map(topic -> topic.substring(topic.indexOf('.')))
            .toList();

    private final Newest<Job> jobs;
    private final Newest<Training> trainings = new Newest<>(MOST_OTHERS, Training::changed);
    private final Newest<Comparison> comparisons = new Newest<>(MOST_OTHERS, Comparison::changed);
    private final Newest<Model> models = new Newest<>(MOST_OTHERS, Model::time);
    private final Newest<Failure> failures = new Newest<>(MOST_OTHERS, Failure::time);
    private final Map<String, DeadLetter.Mark> early = new HashMap<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Something that is known otherwise than before.
     *
     * @param kind {@code jobs}, {@code trainings}, {@code comparisons}, {@code models} or {@code failures}
     * @param id which one
     */
    public record Change(String kind, String id) {}

    /** Nothing yet; of {@code mostJobs} jobs the newest will be kept. */
    public KnownResults(int mostJobs) {
        jobs = new Newest<>(mostJobs, Job::changed);
    }

    /** Hears of every change, on the thread that brings it; must not wait. */
    public void listen(Consumer<Change> listener) {
        listeners.add(listener);
    }

    /** Hears no more. */
    public void forget(Consumer<Change> listener) {
        listeners.remove(listener);
    }

    /** The newest first. */
    public synchronized List<Job> jobs() {
        return jobs.all();
    }

    public synchronized Optional<Job> job(String id) {
        return jobs.get(id);
    }

    /** The newest first. */
    public synchronized List<Training> trainings() {
        return trainings.all();
    }

    public synchronized Optional<Training> training(String id) {
        return trainings.get(id);
    }

    /** The newest first. */
    public synchronized List<Comparison> comparisons() {
        return comparisons.all();
    }

    public synchronized Optional<Comparison> comparison(String id) {
        return comparisons.get(id);
    }

    /** The newest first. */
    public synchronized List<Model> models() {
        return models.all();
    }

    public synchronized Optional<Model> model(String name, String version) {
        return models.get(key(name, version));
    }

    private static String key(String name, String version) {
        return name + " " + version;
    }

    /** The newest first. */
    public synchronized List<Failure> failures() {
        return failures.all();
    }

    public synchronized Optional<Failure> failure(String id) {
        return failures.get(id);
    }

    /** The kind and id under which a failure's scan, training or comparison is known, by the topic it came from, if it is. */
    public synchronized Optional<Change> about(Failure failure) {
        String job = failure.job().orElse("");
        if (TRAINING_TOPICS.stream().noneMatch(failure.topic()::endsWith)) {
            return jobs.get(job).map(known -> new Change("jobs", known.id()));
        }
        Matcher fold = FOLD.matcher(job);
        return trainings
                .get(job)
                .or(() -> fold.matches() ? trainings.get(fold.group(1)) : Optional.empty())
                .map(known -> new Change("trainings", known.id()))
                .or(() -> comparisons.get(job).map(known -> new Change("comparisons", known.id())));
    }

    /**
     * Takes an event into account, unless it says nothing of what is kept here. What is later is said by one clock, the
     * broker's: those of workers need not be right.
     */
    public void apply(ReceivedEvent received) {
        change(received.event(), received.appended(), received).ifPresent(this::tell);
    }

    /** Takes a dead letter, or what became of one, into account. */
    public void apply(DeadLetterFeed.Entry entry) {
        synchronized (this) {
            Optional<Failure> known = entry.letter()
                    .map(letter -> Failure.of(letter, Optional.ofNullable(early.remove(letter.id()))))
                    .or(() -> failures.get(entry.id()));
            if (known.isEmpty() && early.size() < MOST_OTHERS) {
                entry.mark().ifPresent(mark -> early.put(entry.id(), mark)); // of another partition, read first
            }
            known.map(failure -> entry.mark().map(failure::with).orElse(failure))
                    .ifPresent(failure -> failures.put(failure.id(), failure));
        }
        tell(new Change("failures", entry.id()));
    }

    private synchronized Optional<Change> change(Event event, Instant time, ReceivedEvent received) {
        if (event instanceof JobProgress progress) {
            return progress(progress, time);
        } else if (event instanceof SegmentationCompleted done) {
            Job.Json json = new Job.Json(received.envelope().getData().toBytes());
            String model = done.model().name() + " " + done.model().version();
            int warnings = done.warnings().map(List::size).orElse(0);
            return job(new Job(
                    done.jobId(),
                    Job.State.COMPLETED,
                    time,
                    model,
                    Optional.empty(),
                    Optional.empty(),
                    warnings,
                    Optional.of(json)));
        } else if (event instanceof SegmentationFailed failed) {
            Fault fault = new Fault(failed.code(), failed.stage(), failed.message());
            return job(new Job(
                    failed.jobId(),
                    Job.State.FAILED,
                    time,
                    "",
                    Optional.empty(),
                    Optional.of(fault),
                    0,
                    Optional.empty()));
        } else if (event instanceof TrainingFoldCompleted fold) {
            Training known = known(fold.trainingId());
            return training(known.with(known.fold(fold.result().fold()).with(fold.result(), time), time));
        } else if (event instanceof TrainingFoldFailed fold) {
            Training known = known(fold.trainingId());
            Fault fault = new Fault(fold.code(), "", fold.message());
            return training(known.with(known.fold(fold.fold()).with(fault, time), time));
        } else if (event instanceof TrainingCompleted done) {
            return training(known(done.trainingId()).with(done, time));
        } else if (event instanceof TrainingFailed failed
                && !failed.code().equals(FailureCode.TRAINING_ID_TAKEN.name())) { // which is said of another request
            return training(known(failed.trainingId()).with(new Fault(failed.code(), "", failed.message()), time));
        } else if (event instanceof ComparisonCompleted done) {
            return comparison(Comparison.of(done, time));
        } else if (event instanceof ComparisonFailed failed
                && !failed.code().equals(FailureCode.COMPARISON_ID_TAKEN.name())) { // as above
            return comparison(Comparison.of(failed, time));
        } else if (event instanceof ModelPublished published) {
            String key = key(published.name(), published.version());
            models.put(key, new Model(published, time));
            return Optional.of(new Change("models", key));
        }
        return Optional.empty();
    }

    /** Topics are read side by side: progress that is older than an outcome says nothing of the job any more. */
    private Optional<Change> progress(JobProgress progress, Instant time) {
        Matcher fold = FOLD.matcher(progress.jobId());
        if (fold.matches() && progress.stage().equals(FOLD_STAGE)) {
            Training known = known(fold.group(1));
            ShownFold changed = known.fold(Integer.parseInt(fold.group(2)))
                    .with(
                            StageProgress.of(progress),
                            new ShownFold.Point(progress.done(), progress.loss(), progress.dice()),
                            time);
            return training(known.with(changed, time));
        }
        return job(new Job(
                progress.jobId(),
                Job.State.RUNNING,
                time,
                "",
                Optional.of(StageProgress.of(progress)),
                Optional.empty(),
                0,
                Optional.empty()));
    }

    /** Takes what is said of a job, unless something later is known. Topics are read side by side, in any order. */
    private Optional<Change> job(Job job) {
        boolean over = jobs.get(job.id())
                .filter(known ->
                        isLastWord(job, known) || known.changed().isAfter(job.changed()) && !isLastWord(known, job))
                .isPresent();
        if (over) {
            return Optional.empty();
        }
        jobs.put(job.id(), job);
        return Optional.of(new Change("jobs", job.id()));
    }

    /** Whether one is progress that was told while the other, its start's outcome, was already written. */
    private static boolean isLastWord(Job one, Job other) {
        return one.state() == Job.State.RUNNING
                && other.state() != Job.State.RUNNING
                && one.changed().isBefore(other.changed().plus(LAST_WORD));
    }

    private Training known(String id) {
        return trainings.get(id).orElse(Training.empty(id));
    }

    private Optional<Change> training(Training training) {
        trainings.put(training.id(), training);
        return Optional.of(new Change("trainings", training.id()));
    }

    private Optional<Change> comparison(Comparison comparison) {
        comparisons.put(comparison.id(), comparison);
        return Optional.of(new Change("comparisons", comparison.id()));
    }

    private void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }
}
