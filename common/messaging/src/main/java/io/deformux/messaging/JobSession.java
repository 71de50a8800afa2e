package io.deformux.messaging;

import io.deformux.messaging.damage.DamagedRecords;
import io.deformux.messaging.job.LoopHealth;
import io.deformux.messaging.member.JobConsumer;
import io.deformux.messaging.member.TakenJob;
import io.deformux.schemas.Event;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Takes one job after the other with one set of Kafka clients. For the loop's thread only. */
final class JobSession<J extends Event> {
    private final StopSignal stop;
    private final JobConsumer consumer;
    private final Lookahead<J> lookahead;
    private final JobSteps<J> steps;
    private final LoopHealth health;

    JobSession(StopSignal stop, JobConsumer consumer, Lookahead<J> lookahead, JobSteps<J> steps, LoopHealth health) {
        this.stop = stop;
        this.consumer = consumer;
        this.lookahead = lookahead;
        this.steps = steps;
        this.health = health;
    }

    /** Works until a stop is asked for, or these clients can do no more. */
    void work() throws InterruptedException {
        try {
            while (!stop.isRequested() && !steps.isCutOff()) {
                health.beats();
                work(poll());
            }
        } finally {
            lookahead.discard();
        }
    }

    private Optional<TakenJob> poll() {
        try {
            return consumer.pollIdle();
        } catch (KafkaException e) {
            if (!DamagedRecords.mayBe(e) || !steps.passDamaged()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Works on a job and on those that it finds waiting behind. */
    private void work(Optional<TakenJob> first) throws InterruptedException {
        Optional<TakenJob> taken = first;
        while (taken.isPresent()) {
            consumer.hold(taken.get());
            steps.work(taken.get());
            steps.requireFreeThread();
            consumer.release();
            taken = stop.isRequested() || steps.isCutOff() ? Optional.empty() : lookahead.take();
        }
    }
}
