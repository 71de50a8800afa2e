/**
 * The training worker on Kafka: two job loops, one for folds and one for publications, and the plan between them.
 *
 * <p>A fold is behind {@link io.deformux.worker.train.messaging.FoldRunner}, so nothing of the training knows Kafka. Every
 * worker has all three parts; each part shares its work with those of the other workers through its own group.
 *
 * <p>Threads: each loop and the plan have their own; a fold and a publication may run at the same time, for a
 * publication only copies files. Imports everything else of the worker, which imports nothing of it.
 */
package io.deformux.worker.train.messaging;
