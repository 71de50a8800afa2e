/**
 * What is done about dead letters: looking at them, sending them again, setting them aside.
 *
 * <p>{@link io.deformux.messaging.deadletter.DeadLetterDesk} is the one place that changes anything: a replay is the
 * original record on its topic and a mark on the dead-letter topic ({@link io.deformux.schemas.DeadLetterMark}), a
 * discard the mark alone, each in one transaction. Whoever opens a desk fences off the one before, so no letter is sent
 * twice. {@link io.deformux.messaging.deadletter.ReplayWorker} does the same by event.
 *
 * <p>Threads: letters and filters are immutable; a desk belongs to one thread. May import {@code messaging}, {@code
 * messaging.cluster}, {@code messaging.damage}, {@code messaging.event}, {@code messaging.job}, {@code messaging.record}, {@code schemas} and {@code failure}.
 */
package io.deformux.messaging.deadletter;
