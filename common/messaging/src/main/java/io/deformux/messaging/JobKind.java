package io.deformux.messaging;

import io.deformux.failure.FailureCode;
import io.deformux.failure.JobException;
import io.deformux.messaging.job.JobHandler;
import io.deformux.messaging.job.PreparingHandler;
import io.deformux.messaging.job.PreparingHandler.Prepared;
import io.deformux.messaging.member.NextJob;
import io.deformux.messaging.member.TakenJob;
import io.deformux.messaging.record.DeadLetters;
import io.deformux.messaging.record.EventRecords;
import io.deformux.messaging.record.ReceivedEvent;
import io.deformux.messaging.record.TraceContext;
import io.deformux.schemas.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the jobs of a loop are: how they are read, done, and told to have failed. Safe to share. */
final class JobKind<J extends Event> {
    private static final Logger LOG = LoggerFactory.getLogger(JobKind.class);

    private final Class<J> type;
    private final JobHandler<J> handler;
    private final EventRecords records;

    JobKind(Class<J> type, JobHandler<J> handler, EventRecords records) {
        this.type = type;
        this.handler = handler;
        this.records = records;
    }

    /** The handler, if its jobs have a first part that needs no device. */
    Optional<PreparingHandler<J>> preparing() {
        return handler instanceof PreparingHandler<J> able ? Optional.of(able) : Optional.empty();
    }

    /** Reads the event; {@link JobException} if it is not a job of this worker. */
    J read(TakenJob taken) {
        ReceivedEvent received = records.read(taken.original());
        taken.setTrace(TraceContext.in(taken.original().headers(), received.envelope()));
        Event event = received.event();
        if (!type.isInstance(event)) {
            throw new JobException(
                    FailureCode.EVENT_TYPE_UNKNOWN, "The type " + event.type() + " asks for nothing on this topic.");
        }
        return type.cast(event);
    }

    /** The whole job, or what is left of it once its first part has begun. */
    JobRun.Work work(J job, Optional<NextJob> begun, Optional<TraceContext> trace) {
        if (begun.isEmpty()) {
            return context -> written(handler.handle(job, context), trace);
        }
        return context -> {
            try (Prepared prepared = begun.get().await()) {
                return written(prepared.handle(context), trace);
            }
        };
    }

    /** The ids under which somebody may ask for the job's end. */
    Set<String> cancelledBy(J job) {
        return handler.cancelledBy(job);
    }

    private List<ProducerRecord<byte[], byte[]>> written(List<Event> events, Optional<TraceContext> trace) {
        return events.stream()
                .map(records::write)
                .map(made -> traced(made, trace))
                .toList();
    }

    private static ProducerRecord<byte[], byte[]> traced(
            ProducerRecord<byte[], byte[]> made, Optional<TraceContext> trace) {
        return trace.map(known -> known.on(made)).orElse(made);
    }

    /** The failed event, and a dead letter, so that the job can be sent again once the cause is gone. */
    List<ProducerRecord<byte[], byte[]>> failed(TakenJob taken, J job, JobException cause) {
        List<ProducerRecord<byte[], byte[]>> made = new ArrayList<>();
        try {
            // A job that was cancelled before it began is told with its first attempt: an event has at least one.
            handler.failures(job, cause, Math.max(1, taken.attempt())).stream()
                    .map(event -> traced(records.writeFailure(event, job), taken.trace()))
                    .forEach(made::add);
        } catch (RuntimeException e) {
            LOG.error("The failed event cannot be made; the job goes to the dead letters only", e);
        }
        made.add(DeadLetters.copy(taken.original(), cause, taken.attempt()));
        return made;
    }
}
