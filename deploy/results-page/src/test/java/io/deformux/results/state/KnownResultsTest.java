package io.deformux.results.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.results.Told;
import io.deformux.schemas.Event;
import io.deformux.schemas.EventCodec;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of events. */
class KnownResultsTest {
    private static final EventCodec CODEC = new EventCodec();

    private final KnownResults results = new KnownResults(10);

    @Test
    void progressThatIsReadAfterTheOutcomeButOlderDoesNotUndoIt() {
        tell(completed("job"), 20);
        tell(Told.progress("job", 3), 10);

        assertThat(results.job("job"))
                .hasValueSatisfying(job -> assertThat(job.state()).isEqualTo(Job.State.COMPLETED));
    }

    /** The worker tells it while it publishes the outcome, which it has written before. */
    @Test
    void theLastProgressOfAStartDoesNotUndoItsOutcome() {
        tell(completed("job"), 20);
        tell(Told.progress("job", 8), 21);

        assertThat(results.job("job"))
                .hasValueSatisfying(job -> assertThat(job.state()).isEqualTo(Job.State.COMPLETED));
    }

    /** Topics are read side by side. */
    @Test
    void anOutcomeThatIsReadAfterTheLastProgressOfItsStartIsTaken() {
        tell(Told.progress("job", 8), 21);
        tell(completed("job"), 20);

        assertThat(results.job("job"))
                .hasValueSatisfying(job -> assertThat(job.state()).isEqualTo(Job.State.COMPLETED));
    }

    /** The worker that was ahead has died, and the one that took the job over is right. */
    @Test
    void anOutcomeIsTakenThoughAClockThatIsAheadWasHeardBefore() {
        tell(Told.progress("job", 3), 10, 3_610);
        tell(completed("job"), 20, 20);

        assertThat(results.job("job"))
                .hasValueSatisfying(job -> assertThat(job.state()).isEqualTo(Job.State.COMPLETED));
    }

    @Test
    void aJobRunsAgainThoughTheClockOfItsWorkerIsBehind() {
        tell(Told.failed("job"), 3_600, 3_600);
        tell(Told.progress("job", 3), 3_630, 30);

        assertThat(results.job("job"))
                .hasValueSatisfying(job -> assertThat(job.state()).isEqualTo(Job.State.RUNNING));
    }

    @Test
    void aJobThatIsTriedAgainIsRunningAgain() {
        tell(Told.failed("job"), 20);
        tell(Told.progress("job", 3), 30);

        assertThat(results.job("job")).hasValueSatisfying(job -> {
            assertThat(job.state()).isEqualTo(Job.State.RUNNING);
            assertThat(job.fault()).isEmpty();
        });
    }

    @Test
    void ofJobsTheNewestAreKept() {
        for (int i = 0; i < 25; i++) {
            tell(completed("job-" + i), i);
        }

        assertThat(results.jobs())
                .hasSize(10)
                .extracting(Job::id)
                .startsWith("job-24")
                .endsWith("job-15");
    }

    /** As many as a page keeps unless told otherwise, each as of a model with 15 labels. */
    @Test
    void tenThousandJobsTakeAQuarterOfWhatAPageMayHave() {
        KnownResults many = new KnownResults(10_000);
        long before = usedBytes();
        for (int i = 0; i < 10_000; i++) {
            many.apply(received(Told.completedWithManyLabels("job-" + i), i, i));
        }

        assertThat(usedBytes() - before).isBetween(10_000_000L, 50_000_000L);
        assertThat(many.jobs()).hasSize(10_000);
    }

    private static long usedBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    @Test
    void theSameEventsAgainChangeNothing() {
        tell(completed("job"), 20);
        tell(Told.progress("training-fold-1", 10, 0.5, 0.2), 20);
        List<Job> jobs = results.jobs();
        List<Training> trainings = results.trainings();

        tell(completed("job"), 20);
        tell(Told.progress("training-fold-1", 10, 0.5, 0.2), 20);

        assertThat(results.jobs())
                .extracting(Job::state)
                .isEqualTo(jobs.stream().map(Job::state).toList());
        assertThat(results.trainings()).isEqualTo(trainings);
    }

    @Test
    void aFoldThatGoesOnFromAnEarlierIterationReplacesWhatCameAfterIt() {
        tell(Told.progress("training-fold-1", 10, 0.9, 0.1), 10);
        tell(Told.progress("training-fold-1", 20, 0.7, 0.2), 20);
        tell(Told.progress("training-fold-1", 15, 0.8, 0.2), 30);

        assertThat(results.training("training").orElseThrow().fold(1).curve())
                .extracting(ShownFold.Point::iteration)
                .containsExactly(10L, 15L);
    }

    /** Whichever of the two topics is read first, as after a restart of the page. */
    @Test
    void aFoldThatHasFailedIsNotShownAsRunningByWhatItToldBefore() {
        tell(Told.foldFailed("training", 1), 20);
        tell(Told.progress("training-fold-1", 10, 0.9, 0.1), 10);
        tell(Told.progress("training-fold-1", 20, 0.8, 0.2), 21); // the last word of its start
        tell(Told.progress("training-fold-2", 10, 0.9, 0.1), 10);
        tell(Told.foldFailed("training", 2), 20);

        Training training = results.training("training").orElseThrow();
        assertThat(training.folds().values()).hasSize(2).allSatisfy(fold -> {
            assertThat(fold.fault())
                    .hasValueSatisfying(why -> assertThat(why.code()).isEqualTo("TRAINING_DIVERGED"));
            assertThat(fold.stage()).isEmpty();
            assertThat(fold.curve()).isNotEmpty();
        });
    }

    @Test
    void aFailedFoldThatIsTriedAgainIsRunningAgain() {
        tell(Told.foldFailed("training", 1), 20);
        tell(Told.progress("training-fold-1", 10, 0.9, 0.1), 40);
        tell(Told.progress("training-fold-2", 10, 0.9, 0.1), 40);
        tell(Told.foldFailed("training", 2), 20);

        Training training = results.training("training").orElseThrow();
        assertThat(training.folds().values()).hasSize(2).allSatisfy(fold -> {
            assertThat(fold.fault()).isEmpty();
            assertThat(fold.stage()).isPresent();
        });
    }

    @Test
    void aScanMayBeNamedAsAFold() {
        tell(Told.progress("knee-fold-3", 3), 10);

        assertThat(results.job("knee-fold-3")).isPresent();
        assertThat(results.trainings()).isEmpty();
    }

    @Test
    void aLongCurveIsThinned() {
        for (int i = 1; i <= 5000; i++) {
            tell(Told.progress("training-fold-0", i, 0.9, 0.1), i);
        }

        List<ShownFold.Point> curve =
                results.training("training").orElseThrow().fold(0).curve();
        assertThat(curve).hasSizeBetween(ShownFold.MOST_POINTS / 2, ShownFold.MOST_POINTS);
        assertThat(curve.get(0).iteration()).isEqualTo(1);
        assertThat(curve.get(curve.size() - 1).iteration()).isEqualTo(5000);
    }

    @Test
    void whoeverListensHearsOfChangesAndNotOfWhatIsOld() {
        List<KnownResults.Change> heard = new ArrayList<>();
        results.listen(heard::add);

        tell(completed("job"), 20);
        tell(Told.progress("job", 3), 10);

        assertThat(heard).containsExactly(new KnownResults.Change("jobs", "job"));
    }

    private static Event completed(String job) {
        URI uri = URI.create("file:///results/labels.nii.gz");
        return Told.completed(job, Told.output(uri, "application/gzip", 10, Told.DIGEST, "label-map"));
    }

    private void tell(Event event, long second) {
        tell(event, second, second);
    }

    private void tell(Event event, long second, long saidSecond) {
        results.apply(received(event, second, saidSecond));
    }

    private static ReceivedEvent received(Event event, long second, long saidSecond) {
        OffsetDateTime said = Instant.ofEpochSecond(saidSecond).atOffset(ZoneOffset.UTC);
        return new ReceivedEvent(
                event.topic(),
                0,
                0,
                Instant.ofEpochSecond(second),
                CODEC.encode(event, "id", URI.create("/test"), said),
                event);
    }
}
