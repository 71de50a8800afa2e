/**
 * The training worker on Kafka: two job loops, one for folds and one for publications, and the plan between them.
 *
 * <p>A fold is behind {@link io.deformux.worker.train.messaging.FoldRunner}, so nothing of the training knows Kafka. Every
 * worker has all three parts; each part shares its work with those of the other workers through its own group.
 *
 * <p>Threads: each loop and the plan have their own; a fold and a publication may run at the same time, for a
 * publication only copies files. May import {@code worker.train.comparison}, {@code
 * worker.train.curves}, {@code worker.train.dataset}, {@code worker.train.fold}, {@code worker.train.job}, {@code
 * worker.train.measurement}, {@code worker.train.optimization}, {@code
 * worker.train.plan}, {@code worker.train.preparation}, {@code worker.train.publish}, {@code worker.train.sampling},
 * {@code failure}, {@code messaging..}, {@code model}, {@code network..}, {@code schemas},
 * {@code storage}, {@code storage.file}, {@code transform} and {@code volume}.
 */
package io.deformux.worker.train.messaging;
