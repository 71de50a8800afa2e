/**
 * All folds of a training and what comes of them: scores and the ensemble of the fold networks as a model package.
 *
 * <p>Threads: one run belongs to one thread. Imports everything below it, {@code model} included, and nothing of Kafka.
 */
package io.deformux.worker.train.crossvalidation;
