package io.deformux.messaging;

import io.deformux.failure.FailureClass;
import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.AttemptEnd.Failed;
import io.deformux.messaging.AttemptEnd.GivenBack;
import io.deformux.messaging.AttemptEnd.Succeeded;
import io.deformux.messaging.damage.DamagedRecords;
import io.deformux.messaging.job.Attempts;
import io.deformux.messaging.job.JobEnd;
import io.deformux.messaging.job.JobEnd.Outcome;
import io.deformux.messaging.job.JobObserver;
import io.deformux.messaging.job.JobStart;
import io.deformux.messaging.job.LoopHealth;
import io.deformux.messaging.member.TakenJob;
import io.deformux.messaging.record.DeadLetters;
import io.deformux.messaging.record.RetryRecord;
import io.deformux.messaging.record.TraceContext;
import io.deformux.schemas.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of one job: take, attempt, publish. For the loop's thread only. */
public final class JobSteps<J extends Event> {
    private static final Logger LOG = LoggerFactory.getLogger(JobSteps.class);

    private final JobKind<J> kind;
    private final Attempts attempts;
    private final AttemptRunner runner;
    private final KafkaCalls kafka;
    private final LoopHealth health;
    private final CancelRequests cancels;
    private final JobObserver observer;
    private Optional<JobStart> begun = Optional.empty();
    private Optional<TakenJob> lastBegun = Optional.empty();

    JobSteps(
            JobKind<J> kind,
            Attempts attempts,
            AttemptRunner runner,
            KafkaCalls kafka,
            LoopHealth health,
            CancelRequests cancels,
            JobObserver observer) {
        this.kind = kind;
        this.attempts = attempts;
        this.runner = runner;
        this.kafka = kafka;
        this.health = health;
        this.cancels = cancels;
        this.observer = observer;
    }

    /** Gives the job its one outcome, puts it off, or leaves it to another worker. */
    void work(TakenJob taken) throws InterruptedException {
        Optional<J> job = take(taken);
        if (job.isPresent()) {
            try (LoggedJob logged = LoggedJob.of(job.get().key(), taken.trace())) {
                publish(taken, job.get(), attempt(taken, job.get()));
            } finally {
                told(JobEnd.of(Outcome.GIVEN_BACK)); // unless it was told otherwise
            }
        }
    }

    /** Ends the worker if a job still has its thread; what was to be said of that job is said. */
    void requireFreeThread() {
        if (runner.isStuck()) {
            throw new StuckJobException();
        }
    }

    /** Whether new Kafka clients are needed, since these keep no membership any more. */
    boolean isCutOff() {
        return kafka.isCutOff();
    }

    /** Sets records aside that the broker's disk has damaged; {@code false} if it was not that. */
    boolean passDamaged() {
        Optional<DamagedRecords> passed = kafka.passDamaged();
        passed.ifPresent(records -> observer.refused(records.partition().topic(), FailureCode.RECORDS_DAMAGED));
        return passed.isPresent();
    }

    /** Reads the job; a record that is none goes to the dead letters. */
    private Optional<J> take(TakenJob taken) {
        try {
            return Optional.of(kind.read(taken));
        } catch (JobException e) {
            LOG.warn("{} goes to the dead letters: {} {}", taken, e.code(), e.getMessage());
            kafka.publish(taken, List.of(DeadLetters.copy(taken.original(), e)));
            observer.refused(taken.original().topic(), e.code());
            return Optional.empty();
        }
    }

    /** Tries until the job succeeds, or fails in a way that another attempt here and now cannot mend. */
    private AttemptEnd attempt(TakenJob taken, J job) throws InterruptedException {
        if (!kafka.readStarts(taken)) {
            return new GivenBack();
        }
        if (!mayBegin(taken)) {
            return exhausted(taken);
        }
        Instant begin = Instant.now();
        AttemptEnd end = attemptOnce(taken, job);
        while (end instanceof Failed failed && goesOnHere(taken, failed.cause(), begin)) {
            end = attemptOnce(taken, job);
        }
        return end;
    }

    private AttemptEnd attemptOnce(TakenJob taken, J job) throws InterruptedException {
        Set<String> ids = kind.cancelledBy(job);
        if (cancels.askFor(ids, taken.timestamp())) {
            LOG.info("Is cancelled before it begins");
            taken.endStart();
            return new Failed(CancelRequests.failure());
        }
        if (!kafka.countStart(taken)) {
            return new GivenBack();
        }
        LOG.info("Begins, attempt {} of {}", taken.attempt(), attempts.most());
        AttemptEnd end;
        try (LoggedJob traced = LoggedJob.of(job.key(), begins(taken, job))) {
            JobRun.Work work = kind.work(job, taken.preparation(), taken.trace());
            end = runner.run(taken, work, () -> cancels.askFor(ids, taken.timestamp()));
        }
        if (end instanceof Failed failed && !lacks(failed)) {
            log(taken.attempt(), failed.cause());
            requireWorker(failed.cause());
        }
        if (!lacks(end) && !(end instanceof GivenBack)) {
            health.works();
        }
        return end;
    }

    /** Ends the worker if the job's end was its own; another one takes the job over, as after any other crash. */
    private void requireWorker(JobException cause) {
        if (cause.code() == FailureCode.DEVICE_FAILED) {
            told(JobEnd.of(Outcome.RETRIED, cause.code()));
            throw new LostDeviceException(cause);
        }
    }

    private Optional<TraceContext> begins(TakenJob taken, J job) {
        boolean again = lastBegun.filter(last -> last == taken).isPresent(); // after a wait here, which is no queue's
        Optional<Instant> sent = again ? Optional.empty() : taken.sent();
        lastBegun = Optional.of(taken);
        JobStart start =
                new JobStart(taken.original().topic(), job.key(), taken.attempt(), sent, Instant.now(), taken.trace());
        taken.setTrace(observer.begins(start));
        begun = Optional.of(start);
        return taken.trace();
    }

    /** Says how the start that began last has ended, once. */
    private void told(JobEnd end) {
        begun.ifPresent(start -> observer.ends(start, end));
        begun = Optional.empty();
    }

    private void toldFailed(TakenJob taken, FailureCode code) {
        if (begun.isPresent()) {
            told(JobEnd.of(Outcome.FAILED, code));
        } else { // its worker died too often, or its end was asked for
            observer.refused(taken.original().topic(), code);
        }
    }

    /** Whether to try again without letting another job go first, after the wait for it. */
    private boolean goesOnHere(TakenJob taken, JobException cause, Instant begin) {
        return switch (cause.code().failureClass()) {
            case ENVIRONMENT -> waitForEnvironment(taken, cause, begin);
            case RESOURCE -> beginDegraded(taken, cause);
            case BAD_JOB, PASSING, CRASH -> false;
        };
    }

    private boolean waitForEnvironment(TakenJob taken, JobException cause, Instant begin) {
        runner.endPreparation();
        if (!kafka.uncountStart(taken)) {
            return true; // it is another worker's: counting the next start will say so
        }
        told(JobEnd.of(Outcome.RETRIED, cause.code()));
        taken.lacks();
        Duration wait = health.waits(cause, attempts.environment());
        if (Instant.now().plus(wait).isAfter(begin.plus(attempts.patience()))) {
            return false;
        }
        kafka.keep(taken, wait);
        return true;
    }

    private boolean beginDegraded(TakenJob taken, JobException cause) {
        if (taken.isDegraded()) {
            return false;
        }
        LOG.warn("Is tried once more with as little memory as it can do with");
        runner.endPreparation();
        kafka.uncountStart(taken);
        taken.degrade();
        told(JobEnd.of(Outcome.RETRIED, cause.code()));
        return true;
    }

    /** The first part of a job may have begun while another ran: that start is its own. */
    private boolean mayBegin(TakenJob taken) {
        return taken.isStarted() || taken.crashes() < attempts.crashes();
    }

    private static Failed exhausted(TakenJob taken) {
        JobException cause = new JobException(
                FailureCode.ATTEMPTS_EXHAUSTED,
                "Starts after which a worker died with the job or lost it: " + taken.crashes()
                        + ", as many as may be.");
        LOG.warn("Is not started again: {} {}", cause.code(), cause.getMessage());
        return new Failed(cause);
    }

    private static boolean lacks(AttemptEnd end) {
        return end instanceof Failed failed && failed.cause().code().failureClass() == FailureClass.ENVIRONMENT;
    }

    /** A fault with its stack trace, since its event says that the log has the details; what is understood without. */
    private static void log(int attempt, JobException cause) {
        if (cause.code().fault()) {
            LOG.error("Failed in attempt {}: {} {}", attempt, cause.code(), cause.getMessage(), cause);
        } else {
            LOG.warn("Failed in attempt {}: {} {}", attempt, cause.code(), cause.getMessage());
        }
    }

    private void publish(TakenJob taken, J job, AttemptEnd end) {
        if (end instanceof Succeeded succeeded) {
            boolean published = kafka.publish(taken, succeeded.outcome());
            LOG.info(published ? "Is done" : "Is no longer this worker's");
            told(JobEnd.of(published ? Outcome.COMPLETED : Outcome.GIVEN_BACK));
        } else if (end instanceof Failed failed) {
            FailureCode code = failed.cause().code();
            if (mayWait(taken, failed) && putOff(taken, failed)) {
                told(JobEnd.of(Outcome.RETRIED, code));
            } else if (kafka.publish(taken, kind.failed(taken, job, failed.cause()))) {
                toldFailed(taken, code);
            }
        } else {
            LOG.info("Is given back");
        }
    }

    private boolean mayWait(TakenJob taken, Failed failed) {
        boolean passing = failed.cause().code().failureClass() == FailureClass.PASSING;
        return lacks(failed) ? mayLack(taken) : passing && taken.attempt() < attempts.most();
    }

    private boolean mayLack(TakenJob taken) {
        boolean may = taken.lacks().plus(attempts.lackLimit()).isAfter(Instant.now());
        if (!may) {
            LOG.error("Has waited since {} for what the workers lack, which is the limit", taken.lacks());
        }
        return may;
    }

    /** Lets others go first; {@code false} if the record is too large to wait. */
    private boolean putOff(TakenJob taken, Failed failed) {
        RetryRecord.Prior prior = lacks(failed) ? taken.lacking() : taken.behind(1);
        Duration wait = lacks(failed)
                ? attempts.lackWaits().delay(prior.lackWaits())
                : attempts.waits().delay(taken.attempt());
        LOG.info("Is put off for {} s", Math.max(1, wait.toSeconds()));
        return kafka.putOff(taken, prior, Instant.now().plus(wait));
    }
}
