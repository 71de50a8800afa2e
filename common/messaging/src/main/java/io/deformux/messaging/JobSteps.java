package io.deformux.messaging;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.AttemptEnd.Failed;
import io.deformux.messaging.AttemptEnd.GivenBack;
import io.deformux.messaging.AttemptEnd.Succeeded;
import io.deformux.schemas.Event;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of one job: take, attempt, publish. For the loop's thread only. */
final class JobSteps<J extends Event> {
    private static final Logger LOG = LoggerFactory.getLogger(JobSteps.class);

    private final JobKind<J> kind;
    private final Attempts attempts;
    private final AttemptRunner runner;
    private final KafkaCalls kafka;

    JobSteps(JobKind<J> kind, Attempts attempts, AttemptRunner runner, KafkaCalls kafka) {
        this.kind = kind;
        this.attempts = attempts;
        this.runner = runner;
        this.kafka = kafka;
    }

    /** Gives the job its one outcome, or leaves it to another worker. */
    void work(TakenJob taken) throws InterruptedException {
        Optional<J> job = take(taken);
        if (job.isPresent()) {
            try (LoggedJob logged = LoggedJob.of(job.get().key())) {
                publish(taken, job.get(), attempt(taken, job.get()));
            }
        }
    }

    /** Reads the job; a record that is none goes to the dead letters. */
    private Optional<J> take(TakenJob taken) {
        try {
            return Optional.of(kind.read(taken));
        } catch (JobException e) {
            LOG.warn("{} goes to the dead letters: {} {}", taken, e.code(), e.getMessage());
            kafka.publish(taken, List.of(DeadLetters.copy(taken.kafkaRecord(), e)));
            return Optional.empty();
        }
    }

    /** Tries until the job succeeds, fails in a way that another attempt cannot mend, or has no attempt left. */
    private AttemptEnd attempt(TakenJob taken, J job) throws InterruptedException {
        if (!kafka.readStarts(taken)) {
            return new GivenBack();
        }
        if (!hasAttemptLeft(taken)) {
            return exhausted(taken);
        }
        AttemptEnd end = attemptOnce(taken, job);
        while (end instanceof Failed failed && failed.cause().code().retryable() && hasAttemptLeft(taken)) {
            kafka.keep(taken, attempts.delayBefore(taken.starts() + 1));
            end = attemptOnce(taken, job);
        }
        return end;
    }

    private AttemptEnd attemptOnce(TakenJob taken, J job) throws InterruptedException {
        if (!kafka.countStart(taken)) {
            return new GivenBack();
        }
        LOG.info("Begins, attempt {} of {}", taken.starts(), attempts.most());
        AttemptEnd end = runner.run(taken, kind.work(job, taken.preparation()));
        if (end instanceof Failed failed) {
            log(taken.starts(), failed.cause());
        }
        return end;
    }

    /** The first part of a job may have begun while another ran: that start is its own. */
    private boolean hasAttemptLeft(TakenJob taken) {
        return taken.isStarted() || taken.starts() < attempts.most();
    }

    private static Failed exhausted(TakenJob taken) {
        return new Failed(new JobException(
                FailureCode.ATTEMPTS_EXHAUSTED,
                "The job was started " + taken.starts() + " times and each time its worker died or lost it."));
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
            LOG.info(kafka.publish(taken, succeeded.outcome()) ? "Is done" : "Is no longer this worker's");
        } else if (end instanceof Failed failed) {
            kafka.publish(taken, kind.failed(taken, job, failed.cause()));
        } else {
            LOG.info("Is given back");
        }
    }
}
