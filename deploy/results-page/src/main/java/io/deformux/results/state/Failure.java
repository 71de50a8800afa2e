package io.deformux.results.state;

import io.deformux.messaging.deadletter.DeadLetter;
import java.time.Instant;
import java.util.Optional;

/**
 * A dead letter without the record that it holds.
 *
 * @param id its partition and offset, as {@code 0-17}
 * @param job its job, if it has one
 * @param code the stable code
 * @param message what to do about it
 * @param topic the topic from which it came
 * @param attempts how often its job was started
 * @param time when it was given up
 * @param mark what became of it since
 */
public record Failure(
        String id,
        Optional<String> job,
        String code,
        String message,
        String topic,
        long attempts,
        Instant time,
        Optional<DeadLetter.Mark> mark) {
    static Failure of(DeadLetter letter, Optional<DeadLetter.Mark> mark) {
        return new Failure(
                letter.id(),
                letter.job(),
                letter.code(),
                letter.message(),
                letter.topic(),
                letter.attempts(),
                letter.time(),
                mark);
    }

    Failure with(DeadLetter.Mark since) {
        return new Failure(id, job, code, message, topic, attempts, time, Optional.of(since));
    }

    /** {@code open}, {@code replayed} or {@code discarded}. */
    public String state() {
        return mark.map(DeadLetter.Mark::state).orElse("open");
    }

    /** When it was replayed or discarded. */
    public Optional<String> since() {
        return mark.map(DeadLetter.Mark::since);
    }
}
