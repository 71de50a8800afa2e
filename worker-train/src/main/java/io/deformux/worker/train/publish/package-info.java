/**
 * From the folds' models to one published ensemble.
 *
 * <p>Publication is a job like any other: the plan sends one {@code training.ready} when the last fold is there, with the
 * version already chosen, and a training worker takes it from its topic with the job loop. It copies the folds' weights
 * into a package of the model store, where that appears as a whole, and then sends {@code model.published} and {@code
 * training.completed} in the one transaction that also ends the job. So a worker that dies before the transaction leaves
 * the job to another one, which finds in the store nothing, or exactly the package that it makes itself: the content of a
 * package depends on the {@code training.ready} event and the folds alone, not on who makes it or when. Had the worker of
 * the last fold published, no one worker would know that its fold is the last; had the topology done it, its thread would
 * copy gigabytes.
 *
 * <p>This is the only copy of weights between a fold and the store. The fold digests them when it keeps them
 * and when it packs them; here they are digested on arrival, against the event, and while they are copied, against the
 * manifest.
 *
 * <p>Threads: one publication at a time. May import {@code schemas}, {@code failure}, {@code storage}, {@code model},
 * and of {@code network..} and {@code transform} what a manifest holds; no Kafka.
 */
package io.deformux.worker.train.publish;
