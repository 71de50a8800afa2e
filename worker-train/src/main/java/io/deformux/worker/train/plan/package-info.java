/**
 * From a training request to its folds and back to one outcome, and from a comparison to its trainings and back: a Kafka
 * Streams topology (exactly-once v2).
 *
 * <p>{@link io.deformux.worker.train.plan.Planner} decides for trainings and {@link
 * io.deformux.worker.train.plan.ComparisonPlanner} for comparisons, both free of Kafka. Around them:
 *
 * <pre>
 * training.requested ─┐            ┌─ not an event ──→ dead-letter (and training.failed, where the key names a training)
 * training.result ────┼─→ Intake ──┴─→ by training id ─→ Planning + state ─┬─→ training.fold.requested
 * job.cancel ─────────┘                or comparison id                    ├─→ training.requested (of a comparison)
 *                                      (internal topic)                    ├─→ training.ready
 *                                                                          └─→ training.result (what has failed)
 * </pre>
 *
 * <p>A comparison sends a training request for each network, which comes back by its topic as any other does; the end of
 * such a training goes to its own state and to that of the comparison. When all have ended, {@code comparison.ready} goes to
 * a worker on {@code training.ready}. A network whose training fails does not end the comparison, a request to end the
 * comparison does; its folds end by themselves, since they can be cancelled under its id.
 *
 * <p>The internal topic brings all events of a training together, whatever partitioner the sender of the request used.
 * The state is kept in memory and in a changelog topic. It holds a training until its outcome is on
 * {@code training.result}; after that only the digest of its request, for {@link
 * io.deformux.worker.train.plan.Planner#RETENTION}, so that a repeated request is known.
 *
 * <p>What comes again changes nothing: a request with the same content, a fold's result, a result of a training that has
 * ended. Another request under the id of a known training is answered with {@code training.failed} and
 * {@code TRAINING_ID_TAKEN}; that event has the digest of the refused request, so it does not end the known training. A
 * request that cannot be planned leaves no state: corrected, it may come again under its id.
 *
 * <p>A training fails with its first fold that has failed for good. Folds that run by then run on, and their results are
 * published but no longer counted. A fold's result that counts for nothing (its training has ended, or is not known) is
 * said so in the log and in a dead letter ({@code FOLD_NOT_AWAITED}).
 *
 * <p>Threads: a Kafka Streams thread owns the processors and the state. May import {@code schemas}, {@code failure},
 * {@code storage} (digests), {@code messaging.cluster}, {@code messaging.damage}, {@code messaging.job} and {@code messaging.record}; nothing of the training itself.
 */
package io.deformux.worker.train.plan;
